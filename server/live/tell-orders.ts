/** Tells by e-mail and webhook that a package is there, or will not be; an address is kept only until then. */
import type { Email } from './send-email.ts';
import { type DueMessage, sendUntilTaken } from './send-until-taken.ts';

export interface DueNotice extends DueMessage {
  readonly id: number;
  readonly secret: string | null;
  readonly order: {
    readonly id: string;
    readonly state: 'ready' | 'failed';
    readonly fileName: string;
    readonly bytes: number | null;
    readonly keptUntil: string | null;
    readonly problem: { readonly kind: string; readonly message: string } | null;
  };
}

/** What the store does for it (`server/store/order-notices.ts`). */
export interface OrderNoticeBook {
  /** Of packages that are there, or failed. */
  due(limit: number): Promise<readonly DueNotice[]>;
  retry(id: number, afterS: number): Promise<void>;
  /** The address with it. */
  forget(id: number): Promise<void>;
}

export interface OrderNoticeOptions {
  /** `smtp://user:password@host:port`; undefined = orders with an e-mail address are not taken. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
  /** Where the world sees the service, for the link; undefined = no link. */
  readonly publicUrl: string | undefined;
  /** Whoever orders names the address, so private networks are for tests only. */
  readonly allowPrivate?: boolean;
  readonly onGivenUp: (order: string, channel: DueNotice['channel']) => void;
}

/** About a day in all. */
const MOST_ATTEMPTS = 32;

/** Until the signal; what waits then is told by another server, or after the next start. */
export const tellOrders = (
  book: OrderNoticeBook,
  options: OrderNoticeOptions,
  signal: AbortSignal,
): Promise<void> =>
  sendUntilTaken<DueNotice>(
    {
      ...{ smtpUrl: options.smtpUrl, from: options.from, mostAttempts: MOST_ATTEMPTS, due: book.due },
      emailOf: (notice) => emailOf(notice, options),
      webhookOf: (notice) => ({
        body: webhookOf(notice, options),
        options: { secret: notice.secret ?? undefined, allowPrivate: options.allowPrivate ?? false },
      }),
      // Why it was not taken is not kept: what a mail server says names the address.
      async settle({ id, channel, order }, outcome) {
        if (typeof outcome === 'object') return book.retry(id, outcome.retryInS);
        await book.forget(id);
        if (outcome === 'given-up') options.onGivenUp(order.id, channel);
      },
    },
    signal,
  );

const linkOf = ({ order }: DueNotice, { publicUrl }: OrderNoticeOptions): string | undefined =>
  publicUrl === undefined
    ? undefined
    : `${publicUrl}/api/orders/${order.id}${order.state === 'ready' ? '/file' : ''}`;

/** The number of the notice stays the same however often it is sent, so that a receiver can leave repetitions out. */
function webhookOf(notice: DueNotice, options: OrderNoticeOptions) {
  const { id, order } = notice;
  const link = linkOf(notice, options);
  return { notice: id, event: `order.${order.state}`, order, ...(link !== undefined && { link }) };
}

function emailOf(notice: DueNotice, options: OrderNoticeOptions): Email {
  const { id, target, order } = notice;
  const link = linkOf(notice, options);
  const isReady = order.state === 'ready';
  const words = isReady
    ? [
        `Paczka ${order.fileName} jest gotowa; czeka do ${order.keptUntil}.`,
        `The package ${order.fileName} is ready and kept until ${order.keptUntil}.`,
      ]
    : [
        `Paczki ${order.fileName} nie udało się przygotować: ${order.problem?.message ?? ''}`,
        `The package ${order.fileName} could not be made: ${order.problem?.message ?? ''}`,
      ];
  return {
    to: target,
    messageId: `<order-${order.id}-${id}@blizniak>`,
    subject: isReady
      ? 'Zamówione dane są gotowe / Your data are ready'
      : 'Zamówienie danych nie powiodło się / Your order of data failed',
    text: [...words, '', link ?? `Zamówienie / order ${order.id}`, ''].join('\n'),
  };
}

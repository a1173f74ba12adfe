/** Tells by e-mail and webhook that a package is there, or will not be; an address is kept only until then. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Email, sendEmail } from './send-email.ts';
import { sendWebhook } from './webhook.ts';

export interface DueNotice {
  readonly id: number;
  readonly channel: 'email' | 'webhook';
  readonly target: string;
  readonly secret: string | null;
  /** Made so far. */
  readonly attempts: number;
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

const PAUSE_MS = 2_000;
const AT_ONCE = 20;
const FIRST_RETRY_S = 10;
const LONGEST_RETRY_S = 3_600;
/** About a day in all. */
const MOST_ATTEMPTS = 32;

export async function tellOrders(
  book: OrderNoticeBook,
  options: OrderNoticeOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const due = await book.due(AT_ONCE);
    await Promise.all(due.map((notice) => tell(book, notice, options)));
    if (due.length < AT_ONCE) await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
  }
}

async function tell(book: OrderNoticeBook, notice: DueNotice, options: OrderNoticeOptions): Promise<void> {
  const { id, channel, target, secret, attempts, order } = notice;
  try {
    if (channel === 'email') await sendEmail(emailOf(notice, options), options.smtpUrl ?? '', options.from);
    else {
      const safety = { secret: secret ?? undefined, allowPrivate: options.allowPrivate ?? false };
      await sendWebhook(target, webhookOf(notice, options), safety);
    }
    await book.forget(id);
  } catch {
    // What a mail server says names the address, so the reason is not told.
    if (attempts + 1 < MOST_ATTEMPTS) {
      return book.retry(id, Math.min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** attempts));
    }
    await book.forget(id);
    options.onGivenUp(order.id, channel);
  }
}

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

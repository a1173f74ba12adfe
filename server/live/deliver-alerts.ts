/** Tells alerts outside, by webhook and e-mail, until they are taken or given up; what waits outlives this server. */

import type { Text } from '../../core/feature/layer.ts';
import type { Email } from './send-email.ts';
import { type DueMessage, sendUntilTaken } from './send-until-taken.ts';
import type { WebhookOptions } from './webhook.ts';

export interface DeliveryTargets extends WebhookOptions {
  readonly webhooks: readonly string[];
  readonly emails: readonly string[];
  /** `smtp://user:password@host:port`, `smtps://…`; undefined = no e-mail is sent. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
  /** Where the world sees the service, for the link; undefined = no link. */
  readonly publicUrl: string | undefined;
  readonly leastSeverity: 'info' | 'warning' | 'critical';
}

export interface Delivery extends DueMessage {
  readonly id: number;
  readonly event: 'raised' | 'over';
  readonly alert: {
    readonly id: number;
    readonly severity: string;
    readonly title: Text;
    readonly message: Text;
    readonly since: string;
    readonly overAt: string | null;
    readonly value: number | null;
    readonly datastream: number | null;
    readonly thing: number | null;
  };
}

/** What the store does for it (`server/store/deliveries.ts`). */
export interface DeliveryBook {
  /** Notes what must be told to whom and is not noted yet. */
  plan(
    targets: readonly { readonly channel: Delivery['channel']; readonly target: string }[],
    leastSeverity: DeliveryTargets['leastSeverity'],
  ): Promise<void>;
  /** What is due now. */
  due(limit: number): Promise<readonly Delivery[]>;
  settle(
    id: number,
    outcome: 'delivered' | 'failed' | { readonly retryInS: number },
    problem: string | null,
  ): Promise<void>;
}

/** About a day and a half in all. */
const MOST_ATTEMPTS = 40;

export async function deliverAlerts(
  book: DeliveryBook,
  targets: DeliveryTargets,
  signal: AbortSignal,
): Promise<void> {
  const all = [
    ...targets.webhooks.map((target) => ({ channel: 'webhook' as const, target })),
    ...(targets.smtpUrl === undefined
      ? []
      : targets.emails.map((target) => ({ channel: 'email' as const, target }))),
  ];
  await sendUntilTaken<Delivery>(
    {
      ...{ smtpUrl: targets.smtpUrl, from: targets.from, mostAttempts: MOST_ATTEMPTS },
      async due(limit) {
        await book.plan(all, targets.leastSeverity);
        return book.due(limit);
      },
      emailOf: (delivery) => emailOf(delivery, targets),
      webhookOf: (delivery) => ({ body: webhookOf(delivery, targets), options: targets }),
      settle: ({ id }, outcome, problem) =>
        book.settle(id, typeof outcome === 'object' ? outcome : OUTCOMES[outcome], problem),
    },
    signal,
  );
}

const OUTCOMES = { taken: 'delivered', 'given-up': 'failed' } as const;

/** The id of the delivery stays the same however often it is tried, so that a receiver can leave repetitions out. */
const webhookOf = ({ id, event, alert }: Delivery, { publicUrl }: DeliveryTargets) => ({
  delivery: id,
  event: `alert.${event}`,
  alert,
  ...(publicUrl !== undefined && { link: `${publicUrl}/api/alerts` }),
});

const SEVERITY: Readonly<Record<string, string>> = {
  info: 'informacja / info',
  warning: 'ostrzeżenie / warning',
  critical: 'alarm / critical',
};

function emailOf({ id, event, alert, target }: Delivery, { publicUrl }: DeliveryTargets): Email {
  const over = event === 'over' ? 'Ustąpiło / Over: ' : '';
  return {
    to: target,
    messageId: `<alert-${alert.id}-${event}-${id}@blizniak>`,
    subject: `[${SEVERITY[alert.severity] ?? alert.severity}] ${over}${alert.title.pl} / ${alert.title.en}`,
    text: [
      alert.message.pl,
      alert.message.en,
      '',
      `Od / since: ${alert.since}`,
      ...(alert.overAt === null ? [] : [`Do / until: ${alert.overAt}`]),
      ...(publicUrl === undefined ? [] : ['', publicUrl]),
    ].join('\n'),
  };
}

/** What is told outside by webhook or e-mail, tried with growing pauses until it is taken or given up. */
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../../core/errors.ts';
import { type Email, sendEmail } from './send-email.ts';
import { sendWebhook, type WebhookOptions } from './webhook.ts';

export interface DueMessage {
  readonly channel: 'webhook' | 'email';
  readonly target: string;
  /** Made so far. */
  readonly attempts: number;
}

export type SendOutcome = 'taken' | 'given-up' | { readonly retryInS: number };

export interface Sending<Message extends DueMessage> {
  /** What is due now, no more than these. */
  due(limit: number): Promise<readonly Message[]>;
  webhookOf(message: Message): { readonly body: object; readonly options: WebhookOptions };
  emailOf(message: Message): Email;
  /** @param problem why it was not taken; what a mail server says names the address */
  settle(message: Message, outcome: SendOutcome, problem: string | null): Promise<void>;
  readonly mostAttempts: number;
  /** `smtp://user:password@host:port`, `smtps://…`; undefined = no e-mail is due. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
}

const PAUSE_MS = 2_000;
const AT_ONCE = 20;
const FIRST_RETRY_S = 10;
const LONGEST_RETRY_S = 3_600;
const LONGEST_PROBLEM = 500;

/** Until the signal; what waits then stays in the store. @throws whatever the store throws */
export async function sendUntilTaken<Message extends DueMessage>(
  sending: Sending<Message>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const due = await sending.due(AT_ONCE);
    await Promise.all(due.map((message) => send(sending, message)));
    if (due.length < AT_ONCE) await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
  }
}

async function send<Message extends DueMessage>(sending: Sending<Message>, message: Message): Promise<void> {
  const problem = await attempt(sending, message).then(
    () => null,
    (error: unknown) => reasonOf(error).slice(0, LONGEST_PROBLEM),
  );
  if (problem === null) return sending.settle(message, 'taken', null);
  const { attempts } = message;
  const retryInS = Math.min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** attempts);
  await sending.settle(message, attempts + 1 >= sending.mostAttempts ? 'given-up' : { retryInS }, problem);
}

async function attempt<Message extends DueMessage>(
  { smtpUrl = '', from, emailOf, webhookOf }: Sending<Message>,
  message: Message,
): Promise<void> {
  if (message.channel === 'email') return sendEmail(emailOf(message), smtpUrl, from);
  const { body, options } = webhookOf(message);
  await sendWebhook(message.target, body, options);
}

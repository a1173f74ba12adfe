import { createTransport } from 'nodemailer';

export interface Email {
  readonly to: string;
  /** One name for one message: a mail that is sent twice shows once. */
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
}

/** @param smtpUrl `smtp://user:password@host:port`, `smtps://…` */
export async function sendEmail(email: Email, smtpUrl: string, from: string): Promise<void> {
  const transport = createTransport(smtpUrl, { connectionTimeout: 10_000 } as object);
  try {
    await transport.sendMail({ ...email, from });
  } finally {
    transport.close();
  }
}

/** Requests to the service: they carry who asks, and their failures are words that can be shown. */
import { isOutageStatus, suspectOutage } from '../state/connection.ts';
import { authorization, endSession } from '../state/session.ts';
import { t } from '../text/text.ts';

/** A failure in words that can be shown: which service, and what it said. */
export class ServiceError extends Error {
  readonly status: number | undefined;
  /** The parameter that the service could not use. */
  readonly parameter: string | undefined;
  /** Everything else that the service said of it. */
  readonly members: Readonly<Record<string, unknown>>;
  constructor(
    message: string,
    status?: number,
    parameter?: string,
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'ServiceError';
    this.status = status;
    this.parameter = parameter;
    this.members = members;
  }
}

/**
 * Asks an absolute address.
 * @throws ServiceError when there is no connection or the answer is no success; the DOMException of a call-off
 */
export async function ask(address: string, options: RequestInit = {}): Promise<Response> {
  const response = await askAnyway(address, options);
  if (!response.ok) throw await refusal(response, address);
  return response;
}

/** The same for callers that read failures on their own. */
export async function askAnyway(address: string, options: RequestInit = {}): Promise<Response> {
  const headers = new Headers({ ...authorization(), ...options.headers });
  let response: Response;
  try {
    // No cookies are used; without credentials the browser never asks for a password on its own.
    response = await fetch(address, { ...options, headers, credentials: 'omit' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    suspectOutage();
    throw new ServiceError(t('noConnection', { path: pathOf(address) }));
  }
  if (isOutageStatus(response.status)) suspectOutage();
  if (response.status === 401 && headers.get('authorization')?.startsWith('Bearer')) endSession();
  return response;
}

async function refusal(response: Response, address: string): Promise<ServiceError> {
  return refusalOf(await response.json().catch(() => undefined), address, response.status);
}

/** What the service says of a refusal, as words. */
export function refusalOf(body: unknown, address: string, httpStatus: number | undefined): ServiceError {
  const said = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const detail = typeof said['detail'] === 'string' ? said['detail'] : undefined;
  const parameter = typeof said['parameter'] === 'string' ? said['parameter'] : undefined;
  const status = httpStatus ?? (typeof said['status'] === 'number' ? said['status'] : undefined);
  return new ServiceError(detail ?? `${pathOf(address)}: HTTP ${status}`, status, parameter, said);
}

const pathOf = (address: string): string => new URL(address).pathname;

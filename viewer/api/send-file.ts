/** Sends a file with its progress, which `fetch` does not tell. */
import { authorization } from '../state/session.ts';
import { t } from '../text/text.ts';
import { refusalOf, ServiceError } from './ask.ts';

/**
 * @param onSent bytes that have left, and all
 * @throws ServiceError when it is refused or the connection breaks; the reason of the signal
 */
export function sendFile<T>(
  address: string,
  file: File,
  signal: AbortSignal,
  onSent: (done: number, total: number) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    request.open('POST', address);
    for (const [name, value] of Object.entries({
      ...authorization(),
      'content-type': 'application/octet-stream',
    })) {
      request.setRequestHeader(name, value);
    }
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onSent(loaded, total);
    request.onload = () => {
      if (request.status < 300) resolve(request.response as T);
      else reject(refusalOf(request.response, address, request.status));
    };
    request.onerror = () => reject(new ServiceError(t('noConnection', { path: new URL(address).pathname })));
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener('abort', stop);
    request.send(file);
  });
}

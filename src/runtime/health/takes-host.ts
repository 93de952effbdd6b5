import { request } from 'node:http';

const PATIENCE_MS = 2000;

/** Whether a server on this machine answers a browser that knows it by another host name as it answers `localhost`. */
export async function takesHost(url: URL, host: string): Promise<boolean> {
  const [asItself, asHost] = await Promise.all([statusOf(url, url.host), statusOf(url, `${host}:${url.port}`)]);
  return asHost !== null && (asHost < 400 || asHost === asItself);
}

/** `null`: no answer. */
function statusOf(url: URL, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const headers = { host, accept: 'text/html,*/*', 'user-agent': 'devgen' };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const asked = request(url, { agent: false, headers, signal }, (response) => {
      resolve(response.statusCode ?? null);
      response.destroy();
    });
    asked.once('error', () => resolve(null)); // As a server that is not there.
    asked.end();
  });
}

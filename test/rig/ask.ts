import { createServer } from 'node:net';

/** What `programs/server.mjs` and the examples' backends say. */
export interface Answer {
  readonly server?: string;
  readonly service?: string;
  readonly pid: number;
  readonly PORT?: string;
  readonly BACKEND_URL?: string;
  readonly FRONTEND_URL?: string;
}

export async function ask(url: string): Promise<Answer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  return (await response.json()) as Answer;
}

export async function askText(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  return response.text();
}

/** Whether a server without a host could listen there now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}

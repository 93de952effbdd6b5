import { request } from 'node:http';

/** An answer with its text. */
export interface Page {
  readonly status: number;
  /** Without its parameters, in lower case; empty: the server says none. */
  readonly type: string;
  readonly text: string;
}

/** More is nothing that a page is made of by hand. */
const LONGEST_BYTES = 4 * 1024 * 1024;

/** What a server answers to one GET over plain HTTP; `null`: nothing that could be read to its end. */
export function askText(url: URL, signal: AbortSignal): Promise<Page | null> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'text/html,*/*', 'user-agent': 'devgen' };
    const asked = request(url, { agent: false, signal, headers }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > LONGEST_BYTES) asked.destroy();
      });
      response.once('close', () => {
        const type =
          /^[^;]*/
            .exec(response.headers['content-type'] ?? '')?.[0]
            .trim()
            .toLowerCase() ?? '';
        const text = Buffer.concat(chunks).toString('utf8');
        resolve(response.complete ? { status: response.statusCode ?? 0, type, text } : null);
      });
      response.on('error', () => undefined); // The close that follows tells.
    });
    asked.once('error', (error) => {
      if ('code' in error) resolve(null);
      else reject(error);
    });
    asked.end();
  });
}

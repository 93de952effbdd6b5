import { randomBytes } from 'node:crypto';

/** Where the page is, and what it takes to be let in. */
export interface OwnAddress {
  readonly port: number;
  /** What browsers may call this machine in the `Host` of a request. */
  readonly hosts: ReadonlySet<string>;
  /**
   * The folder of the page, with both slashes. Cookies know no ports: those of this path go to no other server of this
   * machine, unless that one knows it.
   */
  readonly folder: string;
  /** 128 bits, in the URL that is printed. */
  readonly token: string;
  /** The cookie that the token is exchanged for; its name carries the port. */
  readonly cookie: { readonly name: string; readonly value: string };
}

const SECRET_BYTES = 16;

/** It is left out of `Host` and `Origin`. Source: RFC 9110, 4.2.1 */
const USUAL_PORT = 80;

export function newAddress(port: number): OwnAddress {
  return {
    port,
    hosts: new Set(['127.0.0.1', 'localhost', '[::1]'].map((host) => (port === USUAL_PORT ? host : `${host}:${port}`))),
    folder: `/${randomBytes(8).toString('hex')}/`,
    token: newSecret(),
    cookie: { name: `devgen-${port}`, value: newSecret() },
  };
}

/** What lets one browser in, once. */
export function entranceOf({ port, folder, token }: OwnAddress): string {
  return `http://127.0.0.1:${port}${folder}?token=${token}`;
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

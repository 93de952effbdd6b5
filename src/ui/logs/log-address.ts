/** What the address of the page says behind `#` of a log. */
export interface LogAddress {
  /** Empty: all. */
  readonly services: readonly string[];
  /** What is to be shown of it, the last time that it was written; empty: its end. */
  readonly wanted: string;
}

/** A longer one would not fit into a request, and is found by its beginning. */
const MOST_WANTED = 200;

/** An address may be typed in: what cannot be read of it is as if it were not there. */
export function readLogAddress(hash: string): LogAddress {
  const [, services = '', wanted = ''] = hash.replace(/^#/, '').split('/');
  return {
    services: services
      .split(',')
      .map(decoded)
      .filter((name) => name !== ''),
    wanted: decoded(wanted),
  };
}

export function writeLogAddress({ services, wanted }: LogAddress): string {
  const words = ['#logs', services.map(encodeURIComponent).join(), encodeURIComponent(begun(wanted))];
  return words.join('/').replace(/\/+$/, '');
}

/** No character is cut in two, and halves of some are left out: they cannot be written into an address. */
function begun(text: string): string {
  return Array.from(text.replace(/\p{Surrogate}/gu, ''))
    .slice(0, MOST_WANTED)
    .join('');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return ''; // No address that was made here.
  }
}

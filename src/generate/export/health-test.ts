import { quoteWord } from '../../base/quote-word.ts';
import type { ExportedService } from './exported-project.ts';

/** A POSIX shell's test that ends with 0 when the service is well; `null`: there is nothing that a shell could ask. */
export function healthTest(service: ExportedService): string | null {
  const { probe } = service.plan.health;
  if (probe.kind !== 'command') return networkTest(service);
  return /[#\n]/.test(probe.command) ? `(\n${probe.command}\n)` : `( ${probe.command} )`;
}

/** The same where it can be asked from any folder on the machine, with curl. Source: curl(1), EXIT CODES. */
export function networkTest({ plan, url }: ExportedService): string | null {
  const { probe } = plan.health;
  const curl = (target: string, ...options: string[]): string =>
    ['curl', '-s', ...(target.startsWith('https:') ? ['-k'] : []), ...options, '-o /dev/null', limit, quoteWord(target)]
      .filter((word) => word !== '')
      .join(' ');
  const limit = `-m ${plan.health.timeoutMs / 1000}`;
  switch (probe.kind) {
    case 'http': {
      const target = probedUrl(probe.target, url);
      if (target === null) return null;
      if (probe.expect.length === 0) return curl(target, '-f');
      return `${curl(target, "-w '%{http_code}'")} | grep -qxE '${probe.expect.join('|')}'`;
    }
    case 'any-answer':
      // 6, 7 and 28: no such host, no listener, no answer. Any other code is no HTTP, but an answer.
      return url === null
        ? null
        : `code=$(${curl(url, "-w '%{http_code}'")}); case $?:$code in [67]:*|28:*|0:5*) false;; esac`;
    case 'image':
    case 'tcp':
      return url === null ? null : `${curl(url)}; [ $? -ne 7 ]`;
    case 'command':
    case 'log':
    case 'process':
      return null; // Any other kind asks nothing that is reached over the network.
  }
}

/** `null`: a path, and the service has no port. */
export function probedUrl(target: string, own: string | null): string | null {
  return URL.canParse(target, own ?? undefined) ? new URL(target, own ?? undefined).href : null;
}

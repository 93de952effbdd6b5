import type { FoundPort } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { lineAt } from '../repository/find-line.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntry } from './env-files.ts';
import { stripComments } from './strip-comments.ts';

/** How sure a way of writing is that its number is the server's port; the first group is the port, or the variable's name. */
interface Sign {
  readonly pattern: RegExp;
  readonly weight: number;
  readonly reads: 'port' | 'variable' | 'variable-and-port';
}

const SIGNS: readonly Sign[] = [
  {
    pattern:
      /(?:ListenAndServe(?:TLS)?|\.Listen|\.Run|\.Start|\bbind|Server::bind|UseUrls|Urls\.Add|TcpListener::bind)\s*\(\s*(?:&|ctx,\s*)?(?:"tcp",\s*)?"[^"\n]*?:(\d{2,5})"/g,
    weight: 9,
    reads: 'port',
  },
  {
    pattern:
      /(?:bind|from|new|into)\s*\(\s*\(?\s*(?:"[\d.]+"|\[[\d,\s]+\]|Ipv4Addr::\w+|IpAddr::\w+\([^)]*\))\s*,\s*(\d{2,5})\s*\)/g,
    weight: 9,
    reads: 'port',
  },
  {
    pattern:
      /(?:Getenv|LookupEnv|env::var|GetEnvironmentVariable|std::env::var|var|dotenv!|env!)\s*\(\s*"(\w*PORT)"\s*\)/g,
    weight: 8,
    reads: 'variable',
  },
  {
    pattern:
      /\b(?:Int|String|Uint|UInt|IntVar|StringVar|IntVarP|StringVarP|IntP|StringP|SetDefault|Getenv|GetEnv|getEnv|getenv|envOr|GetInt|env_or|EnvOrDefault)\w*\(\s*(?:&[\w.]+,\s*)?"(?:\w*[._-])?(?:http-?|http_|server\.|app\.)?port"\s*,\s*(?:"\w?",\s*)?"?:?(\d{2,5})"?/gi,
    weight: 8,
    reads: 'port',
  },
  {
    pattern: /\b(?:getEnv|GetEnv|getenv|envOr|EnvOr\w*|env_or|GetString)\w*\(\s*"(\w*PORT)"\s*,\s*"?:?(\d{2,5})"?/g,
    weight: 9,
    reads: 'variable-and-port',
  },
  { pattern: /default(?:_value(?:_t)?)?\s*[:=]\s*"?(?:[\d.]*:)?(\d{4,5})"?/g, weight: 3, reads: 'port' },
  {
    pattern:
      /\b\w*(?:port|addr|address|bind|listen|host)\w*\s*(?::\s*&?(?:'static\s+)?\w+\s*)?(?::?=|:)\s*"?(?:[\d.]*:)?(\d{4,5})"?/gi,
    weight: 5,
    reads: 'port',
  },
  { pattern: /"(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::\]|\[::1\])?:(\d{4,5})"/g, weight: 4, reads: 'port' },
  {
    pattern: /unwrap_or(?:_else)?\(\s*(?:\|\w*\|\s*)?"?(\d{4,5})"?(?:\.to_string\(\)|\.into\(\))?/g,
    weight: 5,
    reads: 'port',
  },
];
const OTHERS = new Set([5432, 3306, 6379, 27017, 9092, 5672, 9090, 2345, 6060, 4317, 4318, 1025, 8125, 11211]);

/** The port that a compiled server's sources name most surely: constants, flags, listen calls, `PORT` with its default. */
export function addressPort(
  repository: Repository,
  files: readonly string[],
  directory: string,
): FoundPort | undefined {
  let best: { weight: number; found: FoundPort } | undefined;
  let variable: { name: string; source: string } | undefined;
  for (const [position, file] of files.entries()) {
    const text = stripComments(repository.text(file) ?? '', 'slashes');
    // Gin reads PORT by itself when it is started without an address.
    if (/\.Run\(\s*\)/.test(text) && text.includes('gin-gonic/gin')) variable ??= { name: 'PORT', source: file };
    for (const sign of SIGNS) {
      for (const match of text.matchAll(sign.pattern)) {
        const source = `${file}:${lineAt(text, match.index)}`;
        if (sign.reads !== 'port' && /^(HTTP_|SERVER_|APP_|API_|WEB_)?PORT$/.test(match[1] ?? ''))
          variable ??= { name: match[1] ?? '', source };
        const port = sign.reads === 'variable' ? null : portNumber(match[sign.reads === 'port' ? 1 : 2]);
        if (port === null || OTHERS.has(port) || port < 80) continue;
        const weight =
          sign.weight * 10 -
          Math.min(position, 9) -
          (/metric|grpc|admin|debug|pprof|prom|db|redis|smtp/i.test(match[0]) ? 50 : 0);
        if (best === undefined || weight > best.weight)
          best = { weight, found: { port, source, rank: 3, variable: null } };
      }
    }
  }
  const entry = variable === undefined ? undefined : envEntry(repository, directory, variable.name);
  const set = portNumber(entry?.value);
  if (entry !== undefined && set !== null)
    return { port: set, source: `${entry.file}:${entry.line}`, rank: 3, variable: variable?.name ?? null };
  if (best === undefined)
    return variable === undefined
      ? undefined
      : { port: null, source: variable.source, rank: 0, variable: variable.name };
  return { ...best.found, variable: variable?.name ?? null };
}

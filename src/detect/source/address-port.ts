import type { FoundPort } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { lineAt } from '../repository/find-line.ts';
import { placeText } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntry } from './env-files.ts';
import { sequence } from './join-patterns.ts';
import { settingsPort } from './settings-files.ts';
import { startScriptPort } from './start-scripts.ts';
import { stripComments } from './strip-comments.ts';

/**
 * How sure a way of writing is that its number is the server's port; the first group is the port, or the variable's
 * name.
 */
interface Sign {
  readonly pattern: RegExp;
  readonly weight: number;
  readonly reads: 'port' | 'variable' | 'variable-and-port';
  /** What must stand in the declaration around it, for ways of writing that any setting has. */
  readonly context?: RegExp;
  /** What must not stand on its line: the address is another program's then. */
  readonly unless?: RegExp;
  /** Set where only the line tells what it is for. */
  readonly isBare?: true;
}

/** Words of addresses that the program itself connects to, or is reached from. */
const ELSEWHERE = /remote|client|dial|connect|upstream|origin/i;

const SIGNS: readonly Sign[] = [
  {
    pattern: sequence(
      [
        /(?:ListenAndServe(?:TLS)?|\.Listen|\.Run|\.Start|\bbind|Server::bind|UseUrls|Urls\.Add|TcpListener::bind)/,
        /\s*\(\s*(?:&|ctx,\s*)?(?:"tcp",\s*)?"[^"\n]*?:(\d{2,5})"/,
      ],
      'g',
    ),
    weight: 9,
    reads: 'port',
  },
  {
    pattern: sequence(
      [
        /(?:bind|from|new|into)\s*\(\s*\(?\s*/,
        /(?:"[\d.]+"|\[[\d,\s]+\]|Ipv4Addr::\w+|IpAddr::\w+\([^)]*\))\s*,\s*(\d{2,5})\s*\)/,
      ],
      'g',
    ),
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
    pattern: sequence(
      [
        /\b(?:Int|String|Uint|SetDefault|Getenv|envOr|GetInt|env_or|EnvOrDefault)\w*\(\s*(?:&[\w.]+,\s*)?/,
        /"(?:\w*[._-])?(?:http-?|http_|server\.|app\.)?port"\s*,\s*(?:"\w?",\s*)?"?:?(\d{2,5})"?/,
      ],
      'gi',
    ),
    weight: 8,
    reads: 'port',
  },
  {
    pattern: /\b(?:getEnv|GetEnv|getenv|envOr|EnvOr\w*|env_or|GetString)\w*\(\s*"(\w*PORT)"\s*,\s*"?:?(\d{2,5})"?/g,
    weight: 9,
    reads: 'variable-and-port',
  },
  {
    // Struct tags of the packages that fill a struct from the environment.
    pattern:
      /\b(?:env|envconfig):"(\w*PORT)(?:,[^"`\n]*?default=|"[^`\n]*?\b(?:default|envDefault|env-default):")(\d{2,5})/g,
    weight: 10.5,
    reads: 'variable-and-port',
  },
  {
    pattern: /default(?:_value(?:_t)?)?\s*(?:[:=]|\((?=\d+\)))\s*"?(?:[\d.]*:)?(\d{4,5})"?/g,
    weight: 3,
    reads: 'port',
    context: /port|addr|bind|listen/i,
  },
  {
    pattern: sequence(
      [
        // The host of a URL is somewhere else.
        /(?<!\/\/)\b\w*(?:port|addr|address|bind|listen|host)\w*\s*(?::\s*&?(?:'static\s+)?\w+\s*)?(?::?=|:)\s*/,
        /"?(?:[\d.]*:)?(\d{4,5}|(?<=\bPort:\s*)\d{2,3}\b)"?/,
      ],
      'gi',
    ),
    weight: 5,
    reads: 'port',
    unless: ELSEWHERE,
  },
  {
    pattern: /"(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::\]|\[::1\])?:(\d{4,5})"/g,
    weight: 4,
    reads: 'port',
    unless: ELSEWHERE,
    isBare: true,
  },
  { pattern: /\bAddrPortFrom\([^\n]*?,\s*(\d{2,5})\s*\)/g, weight: 5, reads: 'port' },
  {
    pattern: /unwrap_or(?:_else)?\(\s*(?:\|\w*\|\s*)?"?(\d{4,5})"?(?:\.to_string\(\)|\.into\(\))?/g,
    weight: 5,
    reads: 'port',
  },
];
const OTHERS = new Set([5432, 3306, 6379, 27017, 9092, 5672, 9090, 2345, 6060, 4317, 4318, 1025, 8125, 11211]);

/** Developers have no right to listen below. */
const LOWEST_FREE_PORT = 1024;

/** Variables that by their name are the port of the whole server. */
const SERVER_VARIABLE = /^(HTTP_|SERVER_|APP_|API_|WEB_)?PORT$/;
const OTHER_PURPOSE = /metric|grpc|admin|debug|pprof|prom|db|redis|smtp|ssl|tls|https/i;

/** One place that may name the port. */
interface Mention {
  readonly weight: number;
  readonly port: number | null;
  readonly variable: string | null;
  readonly source: string;
}

/**
 * The port that a compiled server's sources name most surely: constants, flags, listen calls, `PORT` with its default;
 * else that of the settings file that they read.
 */
export function addressPort(
  repository: Repository,
  files: readonly string[],
  directory: string,
): FoundPort | undefined {
  const mentions = files.flatMap((file, position) => mentionsIn(repository, file, Math.min(position, 9)));
  const best = heaviest(mentions.filter(({ port }) => port !== null));
  const variable = best?.variable ?? mentions.find((mention) => mention.variable !== null)?.variable ?? null;
  const entry = variable === null ? undefined : envEntry(repository, directory, variable);
  const set = portNumber(entry?.value);
  if (entry !== undefined && set !== null)
    return { port: set, source: placeText(entry.file, entry.line), rank: 3, variable };
  if (best !== undefined) return { port: best.port, source: best.source, rank: 3, variable };
  const inSettings = settingsPort({ repository, directory }, files);
  if (inSettings !== undefined) return { ...inSettings, variable };
  const started = variable === null ? undefined : startScriptPort({ repository, directory }, variable);
  if (started !== undefined) return started;
  const [first] = mentions;
  return variable === null || first === undefined ? undefined : { port: null, source: first.source, rank: 0, variable };
}

function heaviest(mentions: readonly Mention[]): Mention | undefined {
  return mentions.reduce<Mention | undefined>(
    (best, mention) => (best === undefined || mention.weight > best.weight ? mention : best),
    undefined,
  );
}

function mentionsIn(repository: Repository, file: string, position: number): readonly Mention[] {
  const text = stripComments(repository.text(file) ?? '', 'slashes');
  // Gin reads PORT by itself when it is started without an address.
  const isGin = /\.Run\(\s*\)/.test(text) && text.includes('gin-gonic/gin');
  const gin: readonly Mention[] = isGin ? [{ weight: 0, port: null, variable: 'PORT', source: file }] : [];
  const found = SIGNS.flatMap((sign) =>
    [...text.matchAll(sign.pattern)].flatMap((match) => {
      const around = sign.context === undefined ? match[0] : declarationAround(text, match.index);
      if (sign.context?.test(around) === false || sign.unless?.test(lineAround(text, match.index)) === true) return [];
      const source = placeText(file, lineAt(text, match.index));
      const named = sign.reads === 'port' ? /\benv\s*[:=]\s*"(\w*PORT)"/.exec(around)?.[1] : match[1];
      const isServers = named !== undefined && (sign.reads === 'port' || SERVER_VARIABLE.test(named));
      const port = sign.reads === 'variable' ? null : portNumber(match[sign.reads === 'port' ? 1 : 2]);
      const purpose = sign.isBare === true ? lineAround(text, match.index) : around;
      const isOther = OTHER_PURPOSE.test(purpose) || isDebugServer(text, match.index);
      // Below are the ports of redirects and challenges, unless there is no other.
      const isLow = port !== null && port < LOWEST_FREE_PORT;
      const weight = sign.weight * 10 - position - (isOther ? 50 : 0) - (isLow ? 60 : 0);
      const mention = { weight, port: isPlausible(port) ? port : null, variable: isServers ? named : null, source };
      return mention.port === null && mention.variable === null ? [] : [mention];
    }),
  );
  return [...gin, ...found];
}

/** Beside the server itself, on the handlers that packages such as pprof register by themselves. */
function isDebugServer(text: string, index: number): boolean {
  const end = text.indexOf('\n', index);
  const around = text.slice(Math.max(0, index - 40), end < 0 ? text.length : end);
  return /\bgo\s+(?:func\s*\(\s*\)\s*\{)?[^{}]*ListenAndServe[^\n]*,\s*nil\s*\)/.test(around);
}

function isPlausible(port: number | null): boolean {
  return port !== null && port >= 80 && !OTHERS.has(port);
}

/** A Go field carries its tags on its own line; a Rust attribute stands on the line above its field. */
function declarationAround(text: string, index: number): string {
  const line = lineAround(text, index);
  const end = text.indexOf('\n', index);
  return line.includes('`') || end < 0 ? line : `${line}\n${lineAround(text, end + 1)}`;
}

function lineAround(text: string, index: number): string {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index);
  return text.slice(start, end < 0 ? text.length : end);
}

import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { expectCodes } from './error-code.ts';
import type { Listener, NearEnds } from './listener.ts';
import { descriptorsOf, readProcFile, readProcLink } from './proc-file.linux.ts';
import { LISTENING, readSocketText, socketRowOf, socketRowsOf, TIME_WAIT } from './socket-row.linux.ts';

/** A page, more than which the kernel gives of this file at no reading; a row has at most 180 characters. */
const page = Buffer.allocUnsafe(4096);
const ROOM_FOR_MORE = 512;

const KEPT_MS = 40;

interface Table {
  readonly family: 4 | 6;
  readonly path: string;
  readonly inUse: { readonly path: string; readonly line: RegExp };
  kept?: { readonly inUse: string | undefined; readonly untilMs: number; readonly listeners: readonly Listener[] };
}

const TABLES: readonly Table[] = [
  { family: 4, path: '/proc/net/tcp', inUse: { path: '/proc/net/sockstat', line: /TCP: inuse (\d+)/ } },
  { family: 6, path: '/proc/net/tcp6', inUse: { path: '/proc/net/sockstat6', line: /TCP6: inuse (\d+)/ } },
];

/**
 * Every listening socket of this network namespace. Reading a table costs 2 ms, for the kernel searches its hash of
 * connections to find that there are none; so what was read is kept for up to 40 ms, but only while the number of
 * sockets in use is the same (0.05 ms). Who waits for a listener may thus ask every few ms.
 */
export function readLinuxListeners(): readonly Listener[] {
  return TABLES.flatMap(listenersIn);
}

/** How many sockets of either family are in use: those that listen, and connections. */
export function readSocketsInUse(): string {
  return TABLES.map((table) => inUseIn(table) ?? '').join();
}

function listenersIn(table: Table): readonly Listener[] {
  const inUse = inUseIn(table);
  const nowMs = performance.now();
  if (table.kept === undefined || table.kept.inUse !== inUse || nowMs > table.kept.untilMs) {
    table.kept = { inUse, untilMs: nowMs + KEPT_MS, listeners: inUse === '0' ? [] : readTable(table) };
  }
  return table.kept.listeners;
}

/**
 * Source: proc_pid_net(5), sockstat: a socket counts from when it listens or connects. `undefined`: not said here; then
 * time alone counts.
 */
function inUseIn({ inUse }: Table): string | undefined {
  return inUse.line.exec(readProcFile(inUse.path) ?? '')?.[1];
}

/** Which of `pids` (all that we may look into, when absent) hold which of these sockets, by inode. */
export function linuxOwnersOf(inodes: ReadonlySet<string>, pids?: Iterable<number>): ReadonlyMap<string, number[]> {
  const owners = new Map<string, number[]>();
  for (const pid of pids ?? allPids()) {
    for (const inode of socketsOf(pid)) {
      if (!inodes.has(inode)) continue;
      const known = owners.get(inode) ?? [];
      owners.set(inode, known.includes(pid) ? known : [...known, pid]);
    }
  }
  return owners;
}

/** Inodes of all sockets that a process has open; none when it is gone or not ours to look into. */
export function socketsOf(pid: number): readonly string[] {
  const inodes: string[] = [];
  for (const descriptor of descriptorsOf(pid)) {
    const target = readProcLink(`/proc/${pid}/fd/${descriptor}`);
    if (target?.startsWith('socket:[')) inodes.push(target.slice(8, -1));
  }
  return inodes;
}

/** One open file of a process. */
export interface OpenDescriptor {
  readonly pid: number;
  readonly descriptor: number;
}

/** Where one of `pids` has this socket open; `undefined`: none of them has it. */
export function descriptorOf(inode: string, pids: Iterable<number>): OpenDescriptor | undefined {
  for (const pid of pids) {
    const descriptor = descriptorsOf(pid).find((each) => isSocketAt({ pid, descriptor: Number(each) }, inode));
    if (descriptor !== undefined) return { pid, descriptor: Number(descriptor) };
  }
  return undefined;
}

export function isSocketAt({ pid, descriptor }: OpenDescriptor, inode: string): boolean {
  return readProcLink(`/proc/${pid}/fd/${descriptor}`) === `socket:[${inode}]`;
}

/**
 * One row of /proc/net/tcp or tcp6; `undefined` for the heading and for sockets that do not listen.
 * Source: proc_pid_net(5); addresses are 32-bit words in host order, which is little-endian wherever Node runs today.
 */
export function parseSocketRow(line: string, family: 4 | 6): Listener | undefined {
  const { near, port, state, userId, inode } = socketRowOf(line);
  if (state !== LISTENING) return undefined;
  return { family, address: family === 4 ? dotted(near) : colons(near), port, inode, userId };
}

/** Sockets whose near end is this port without that they listen there. */
export function readNearEnds(port: number): NearEnds {
  const rows = socketRowsOf(readSocketText()).filter((row) => row.port === port && row.state !== LISTENING);
  const living = rows.filter(({ state }) => state !== TIME_WAIT);
  const inodes = new Set(living.map(({ inode }) => inode));
  return { lingering: rows.length - living.length, pids: [...new Set([...linuxOwnersOf(inodes).values()].flat())] };
}

/**
 * Listening sockets come before all others, so the reading stops at the first other one: cheap with any number of
 * connections.
 */
function readTable({ family, path }: Table): readonly Listener[] {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT']); // No IPv6 on this machine.
    return [];
  }
  const found: Listener[] = [];
  try {
    for (const line of lines(descriptor)) {
      const listener = parseSocketRow(line, family);
      if (listener === undefined && !line.includes('local_address')) break;
      if (listener !== undefined) found.push(listener);
    }
  } finally {
    closeSync(descriptor);
  }
  return found;
}

/**
 * Ends at a reading with room for more rows: only the table's end cuts one short, and one more would search the hash
 * again.
 */
function* lines(descriptor: number): Generator<string> {
  let rest = '';
  for (let count = page.length; page.length - count < ROOM_FOR_MORE; ) {
    count = readSync(descriptor, page, 0, page.length, null);
    const parts = (rest + page.toString('latin1', 0, count)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

function dotted(hex: string): string {
  return bytesOf(hex).join('.');
}

function colons(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap(bytesOf);
  if (hex.startsWith('0000000000000000FFFF0000')) return `::ffff:${bytes.slice(12).join('.')}`;
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  return compressed(groups);
}

/** Bytes of one word in network order. */
function bytesOf(word: string): number[] {
  return (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse();
}

/** The longest run of zero groups becomes `::`. Source: RFC 5952 */
function compressed(groups: readonly string[]): string {
  const text = groups.join(':');
  const longest = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (longest === undefined) return text;
  const head = text.slice(0, longest.index);
  const tail = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${head}::${tail}`;
}

function allPids(): readonly number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

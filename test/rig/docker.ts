import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { hasTool } from './tools.ts';
import { waitUntil } from './wait-until.ts';

/** Asked once: the one in Python takes a second to say anything. */
const composeWords = hasTool('docker') ? findCompose() : undefined;

/** Whether there is a Docker to test with: one that runs, or one that may be started here. */
export const hasDocker =
  existsSync('/bin/busybox') &&
  composeWords !== undefined &&
  (answers() || (process.getuid?.() === 0 && existsSync('/usr/sbin/dockerd')));

/** An image of which the tests make containers: busybox, and nothing else. */
export const IMAGE = 'devgen-test-busybox:1';

/** Has a daemon run and the image in it; the returned function removes the image, and ends the daemon if it was started here. */
export async function openDocker(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-docker-'));
  const daemon = answers()
    ? undefined
    : spawn('/usr/sbin/dockerd', ['--data-root', join(folder, 'data'), '--storage-driver', 'vfs'], { stdio: 'ignore' });
  await waitUntil(answers, 30_000);
  importImage(folder);
  return async () => {
    docker('rmi', '--force', IMAGE);
    if (daemon !== undefined) {
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

/** What `docker ARGS` prints; empty when it fails. */
export function docker(...args: readonly string[]): string {
  return quietly('docker', args) ?? '';
}

/** `compose ARGS` in a folder, with what is installed here. */
export function compose(cwd: string, ...args: readonly string[]): string {
  const [file = '', ...words] = composeWords ?? [];
  return quietly(file, [...words, ...args], cwd) ?? '';
}

/** Ids of the containers that compose has made for a folder whose name it takes as it is, running or not. */
export function composedIn(folder: string): readonly string[] {
  return docker('ps', '--all', '--quiet', '--no-trunc', '--filter', labelOf(folder)).split('\n').filter(Boolean);
}

/** As `compose down` does, in a tenth of its time. */
export function removeComposed(folder: string): void {
  const networks = docker('network', 'ls', '--quiet', '--filter', labelOf(folder)).split('\n').filter(Boolean);
  for (const id of composedIn(folder)) docker('rm', '--force', '--volumes', id);
  for (const id of networks) docker('network', 'rm', id);
}

function labelOf(folder: string): string {
  return `label=com.docker.compose.project=${basename(folder)}`;
}

function findCompose(): readonly string[] | undefined {
  return [['docker', 'compose'], ['docker-compose']].find(
    ([file = '', ...words]) => quietly(file, [...words, 'version']) !== undefined,
  );
}

function answers(): boolean {
  return quietly('docker', ['version', '--format', '{{.Server.Version}}']) !== undefined;
}

function importImage(folder: string): void {
  const bin = join(folder, 'rootfs/bin');
  mkdirSync(bin, { recursive: true });
  execFileSync('cp', ['/bin/busybox', bin]);
  for (const name of ['sh', 'httpd', 'sleep', 'touch', 'rm', 'test']) {
    execFileSync('ln', ['-sf', 'busybox', join(bin, name)]);
  }
  execFileSync('sh', ['-c', `tar -C rootfs -c . | docker import - ${IMAGE}`], { cwd: folder, stdio: 'ignore' });
}

function quietly(file: string, args: readonly string[], cwd?: string): string | undefined {
  try {
    return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], cwd, timeout: 60_000 });
  } catch {
    return undefined; // Not installed, not running, or it said no.
  }
}

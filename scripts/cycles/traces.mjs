import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const MEMORY_LIMIT_MS = 10_000;

/** What the project has of everything that a run could leave behind. Linux only. */
export async function tracesOf(project, supervisor) {
  return {
    processes: markedBy(project.mark),
    descriptors: await settledDescriptorsOf(supervisor),
    files: ['logs', 'run', 'tmp'].flatMap((name) => filesBelow(project.root, join(project.root, name))).sort(),
    memory: await memoryOf(project, supervisor),
  };
}

export function supervisorOf(project) {
  const { supervisor } = JSON.parse(readFileSync(join(project.root, 'logs/.devgen/status/keeper.json'), 'utf8'));
  return supervisor.pid;
}

/** Command lines of the living processes whose environment has the mark. */
export function markedBy(mark) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && read(`/proc/${name}/environ`).includes(`${mark}=1`))
    .map((name) => read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim());
}

/** The fewest within a moment: the connection of the last command, and a file that is being read, come and go. */
async function settledDescriptorsOf(pid) {
  let fewest = descriptorsOf(pid);
  for (let look = 0; look < 10; look++) {
    await delay(50);
    const now = descriptorsOf(pid);
    if (now.length < fewest.length) fewest = now;
  }
  return fewest;
}

/** What each of its descriptors leads to, without the numbers that differ each time. */
function descriptorsOf(pid) {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder)
    .map((name) => {
      try {
        return readlinkSync(join(folder, name)).replace(/\d+/g, 'N');
      } catch {
        return ''; // Closed meanwhile.
      }
    })
    .filter((target) => target !== '')
    .sort();
}

function filesBelow(root, folder) {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
      // One for each file of the runtime, however often it is run.
      .filter((path) => !path.startsWith('logs/.devgen/compiled/'))
  );
}

/** Bytes, once all garbage is collected. */
async function memoryOf({ memoryFile }, pid) {
  rmSync(memoryFile, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (const endMs = performance.now() + MEMORY_LIMIT_MS; performance.now() < endMs; await delay(5)) {
    const text = read(memoryFile);
    if (text !== '') return JSON.parse(text);
  }
  throw new Error(`the supervisor, pid ${pid}, does not tell its memory`);
}

function read(path) {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

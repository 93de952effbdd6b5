// Tries devgen on other versions of Node: the scenario of `make demo`, and the packed package, both in a path with blanks,
// without a network and from a checkout that nothing can write to; prints a table.
// `node scripts/try-node-versions.mjs [VERSION…]`: the oldest that is supported and the newest of each later line.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNode } from './try-node/install-node.mjs';
import { isSealable, sealed } from './try-node/sealed.mjs';

const VERSIONS = ['20.19.0', '22', '24', '26'];
const MINUTES = 3;

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'devgen try node '));
const chosen = process.argv.slice(2);
if (!isSealable())
  console.log('unshare(1) is missing or not allowed: with a network, from a checkout that can be written');
try {
  run(process.execPath, [join(repository, 'scripts/build.mjs')]);
  const archive = packed();
  const rows = (chosen.length > 0 ? chosen : VERSIONS).map((version) => tried(version, archive));
  console.log(['', 'Node      demo    package', ...rows.map(rowText)].join('\n'));
  process.exitCode = rows.every(({ demo, ofPackage }) => demo && ofPackage) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function tried(wanted, archive) {
  const { version, file } = installNode(wanted);
  const scripts = join(repository, 'scripts');
  const demo = succeeds(file, `demo ${version}`, [join(scripts, 'demo.mjs'), '--offline']);
  const ofPackage = succeeds(file, `package ${version}`, [join(scripts, 'try-node/try-package.mjs'), archive]);
  return { version, demo, ofPackage };
}

function rowText({ version, demo, ofPackage }) {
  return [version.padEnd(8), ...[demo, ofPackage].map((isDone) => (isDone ? 'runs' : 'fails').padEnd(6))].join('  ');
}

function succeeds(node, title, words) {
  const own = join(folder, title);
  mkdirSync(own);
  console.log(`\n=== ${title}`);
  const env = { ...process.env, TMPDIR: own, PATH: `${dirname(node)}:${process.env.PATH}` };
  const [command, ...args] = sealed([node, ...words], repository);
  const { status } = spawnSync(command, args, { env, cwd: own, stdio: 'inherit', timeout: MINUTES * 60_000 });
  return status === 0;
}

/** The archive that `npm publish` would send. */
function packed() {
  const words = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  return join(folder, run('npm', words).trim());
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: repository, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`);
  return stdout;
}

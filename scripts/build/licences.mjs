import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project.mjs';

const rule = '-'.repeat(80);

/**
 * The licences of the packages that these files come from. Packages whose terms differ only in who holds the copyright
 * stand together above one text.
 */
export function collectLicences(inputs) {
  const folders = new Set([...inputs].map(packageFolder).filter((folder) => folder !== undefined));
  const byTerms = new Map();
  for (const licence of [...folders].map(readLicence).sort((left, right) => left.title.localeCompare(right.title))) {
    const key = licence.terms.replaceAll(/[\s*"'“”]+/g, ' ').toLowerCase();
    byTerms.set(key, [...(byTerms.get(key) ?? []), licence]);
  }
  const sections = [...byTerms.values()].map((licences) => {
    const heads = new Set(licences.map(({ title, copyright }) => [title, ...copyright].join('\n  ')));
    return `${[...heads].join('\n')}\n\n${licences[0].terms}\n`;
  });
  const head = 'The files in vendor/ contain these packages, minified and reduced to what devgen uses.\n';
  // The addresses are the same, and repositories that refuse unencrypted ones in any of their files build with this one.
  return [head, ...sections].join(`\n${rule}\n\n`).replaceAll('http://', 'https://');
}

function packageFolder(input) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return match === null ? undefined : match[1];
}

function readLicence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(projectRoot, folder, 'package.json'), 'utf8'));
  const lines = licenceText(folder).split('\n');
  const isCopyright = (line) => /^\s*copyright (\(c\)|©|\d)/i.test(line);
  const isTitle = (line) => /^[\s#(]*((the )?(mit|isc) licen[cs]e|licen[cs]e|mit)[\s():]*(mit)?\)?\s*$/i.test(line);
  return {
    title: `${name} ${version} (${license})`,
    copyright: lines.filter(isCopyright).map((line) => line.trim()),
    terms: lines
      .filter((line) => !isCopyright(line) && !isTitle(line))
      .join('\n')
      .trim(),
  };
}

function licenceText(folder) {
  const files = readdirSync(join(projectRoot, folder)).sort();
  const file = files.find((name) => /^licen[cs]e/i.test(name)) ?? files.find((name) => /^readme/i.test(name));
  if (file === undefined) throw new Error(`no licence text in ${folder}`);
  const text = readFileSync(join(projectRoot, folder, file), 'utf8').replaceAll('\r\n', '\n');
  if (!/^readme/i.test(file)) return text;
  // Some packages state their licence only in the README.
  const start = text.search(/^#+ .*licen[cs]e/im);
  if (start < 0) throw new Error(`no licence part in the README of ${folder}`);
  return text.slice(start);
}

import { expect, test } from 'vitest';
import { isWanted } from '../../src/generate/emit/place-for.ts';
import { readRepository } from '../../src/generate/emit/read-repository.ts';
import { type Files, repositoryOf } from './repository-of.ts';

const JEKYLL = { Gemfile: 'gem "jekyll"\n' };

const SITES: readonly (readonly [string, Files, boolean])[] = [
  ['Jekyll', { ...JEKYLL, '_config.yml': 'title: x\n' }, false],
  ['Jekyll with a folder of its own', { ...JEKYLL, '_config.yml': 'source: site\n' }, true],
  ['Eleventy', { '.eleventy.js': 'module.exports = (config) => ({ dir: { output: "public" } });\n' }, false],
  ['Eleventy with a folder', { 'eleventy.config.js': 'export default () => ({ dir: { input: "content" } });\n' }, true],
  ['no site', { '_config.yml': 'title: x\n' }, true],
];

test.each(SITES)(
  'whether %s gets Markdown files that its site would publish depends on its input folder',
  async (_, files, expected) => {
    const repository = await readRepository(repositoryOf(files));
    expect([isWanted('guide', {}, repository), isWanted('agents', {}, repository)]).toEqual([expected, expected]);
    expect(isWanted('agents', { agents: true }, repository)).toBe(true);
  },
);

import { expect, test } from 'vitest';
import { withLocalPrograms, withoutLocalPrograms } from '../../src/plan/local-programs.ts';

const PLACE = { root: '/srv/shop', cwd: 'apps/web' };
const OWN = [
  ...['/srv/shop/apps/web/node_modules/.bin', '/srv/shop/apps/web/.venv/bin', '/srv/shop/apps/web/venv/bin'],
  ...['/srv/shop/apps/node_modules/.bin', '/srv/shop/apps/.venv/bin', '/srv/shop/apps/venv/bin'],
  ...['/srv/shop/node_modules/.bin', '/srv/shop/.venv/bin', '/srv/shop/venv/bin'],
].join(':');

test('programs of packages and virtual environments go first, those nearest to the service before those of the root', () => {
  expect(withLocalPrograms({ PATH: '/usr/bin:/bin', A: '1' }, PLACE)).toEqual({ PATH: `${OWN}:/usr/bin:/bin`, A: '1' });
});

test('a service in the root has the folders of the root alone', () => {
  expect(withLocalPrograms({ PATH: '/bin' }, { root: '/srv/shop', cwd: '.' })).toEqual({
    PATH: '/srv/shop/node_modules/.bin:/srv/shop/.venv/bin:/srv/shop/venv/bin:/bin',
  });
});

test('an environment that devgen made already stays as it is, and can be told back', () => {
  const once = withLocalPrograms({ PATH: '/bin' }, PLACE);
  expect(withLocalPrograms(once, PLACE)).toEqual(once);
  expect(withoutLocalPrograms(once, PLACE)).toEqual({ PATH: '/bin' });
});

test('without PATH nothing is put in its place', () => {
  expect(withLocalPrograms({ A: '1' }, PLACE)).toEqual({ A: '1' });
  expect(withLocalPrograms({ PATH: '' }, PLACE)).toEqual({ PATH: '' });
});

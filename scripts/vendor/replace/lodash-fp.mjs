// What wait-on uses of `lodash/fp`, with that module's order of arguments.
import isBoolean from 'lodash/isBoolean.js';
import isEmpty from 'lodash/isEmpty.js';
import noop from 'lodash/noop.js';
import once from 'lodash/once.js';
import lodashPick from 'lodash/pick.js';
import zip from 'lodash/zip.js';

export { isBoolean, isEmpty, noop, once, zip };

export function negate(predicate) {
  return (value) => !predicate(value);
}

export function partial(action, first) {
  return (...rest) => action(...first, ...rest);
}

export function pick(keys, source) {
  return lodashPick(source, keys);
}

/** Joins two parts of a URL path. */
export function joinUrl(prefix: string, path: string): string {
  const joined = `${prefix}/${path}`.replace(/\/{2,}/g, '/');
  const whole = joined.startsWith('/') ? joined : `/${joined}`;
  return whole.length > 1 && path !== '' && !path.endsWith('/')
    ? whole.replace(/\/$/, '')
    : path === '' || path === '/'
      ? whole.replace(/(.)\/$/, '$1')
      : whole;
}

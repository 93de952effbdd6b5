/** devgen asks its own servers: never through a proxy. */
export function getProxyForUrl() {
  return '';
}

/** The URL of a service's documentation, whose place is a path on it or a URL of its own. */
export function docsOf(place: string, serviceUrl: string): string {
  return new URL(place, `${serviceUrl}/`).href;
}

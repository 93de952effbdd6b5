import type { Document } from '../elsewhere/run-for-documents.ts';
import { errorDocuments } from '../errors/error-documents.ts';
import { fitData } from '../output/fit-data.ts';
import type { Screen } from '../screen/screen.ts';
import { MOST_BYTES } from './most-bytes.ts';
import type { SettleReport } from './settle-report.ts';

/** What every document has besides: `"schemaVersion":1,` and its line end. */
const VERSION_BYTES = 20;

/**
 * The report for programs; the errors that matter most stand first. Masked before it is cut, as half of a secret is not
 * known for one.
 */
export function settleToJson(report: SettleReport, screen: Pick<Screen, 'masked'>): Document {
  return fitData(screen.masked(wholeOf(report)), MOST_BYTES - VERSION_BYTES);
}

function wholeOf({ outcome, services, errors, cursors }: SettleReport): Document {
  return {
    outcome,
    services: services.map(({ service, view, isWell, broken }) => ({
      service: service.name,
      state: view.state,
      url: view.url,
      isWell,
      ...(broken.length > 0 && { broken }),
    })),
    cursor: new Date(Math.min(Date.now(), ...Object.values(cursors))).toISOString(),
    errors: errorDocuments(errors, 'telling'),
  };
}

import { type CheckoutUse, readUse, UNUSED } from '../../runtime/state/use-file.ts';
import type { ServiceView } from './service-view.ts';

/** Who uses what runs; what does not run is used by none. */
export function currentUse(root: string, views: readonly ServiceView[]): CheckoutUse {
  return views.some(({ pid }) => pid !== null) ? readUse(root) : UNUSED;
}

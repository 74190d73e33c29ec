import { k8s } from 'cdk8s-plus-27';
import { thousandths } from '../../lib/core/model';

const UNITS = ['Ki', 'Mi', 'Gi', 'Ti'] as const;

/** `214748364800` → `200Gi`: the largest unit that divides it. */
export function bytesQuantity(bytes: number): k8s.Quantity {
  let amount = bytes;
  let unit = '';
  for (const next of UNITS) {
    if (amount % 1024 !== 0) break;
    amount /= 1024;
    unit = next;
  }
  return k8s.Quantity.fromString(`${amount}${unit}`);
}

/** `2000m` → `2`, as the API writes it: tools that compare what is written with what runs see no difference. */
export function cpuQuantity(cpu: string): k8s.Quantity {
  const millis = thousandths(cpu);
  return k8s.Quantity.fromString(millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`);
}

import { k8s } from 'cdk8s-plus-27';

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

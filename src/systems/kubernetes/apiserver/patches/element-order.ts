/** The order of a merged list's items. Source: k8s.io/apimachinery v1.36 pkg/util/strategicpatch/patch.go, normalizeElementOrder. */
import { deepEqual, isJsonObject, type JsonValue } from "../../../../base/json/index.ts";

/** Items named in `order` come in that order; others keep their place relative to those. */
export function orderItems(list: readonly JsonValue[], order: readonly JsonValue[], mergeKey: string | undefined): readonly JsonValue[] {
  const placeOf = (item: JsonValue): number => order.findIndex((one) => isSame(one, item, mergeKey));
  const named: { readonly item: JsonValue; readonly place: number; readonly index: number }[] = [];
  const others: { readonly item: JsonValue; readonly index: number }[] = [];
  for (const [index, item] of list.entries()) {
    const place = placeOf(item);
    if (place < 0) others.push({ item, index });
    else named.push({ item, place, index });
  }
  named.sort((a, b) => a.place - b.place);
  return merge(others, named);
}

function isSame(a: JsonValue, b: JsonValue, mergeKey: string | undefined): boolean {
  if (mergeKey === undefined || !isJsonObject(a) || !isJsonObject(b)) return deepEqual(a, b);
  const [x, y] = [a[mergeKey], b[mergeKey]];
  return x !== undefined && y !== undefined && deepEqual(x, y);
}

function merge(left: readonly { readonly item: JsonValue; readonly index: number }[], right: readonly { readonly item: JsonValue; readonly index: number }[]): readonly JsonValue[] {
  const merged: JsonValue[] = [];
  let l = 0;
  for (const next of right) {
    for (let other = left[l]; other !== undefined && other.index < next.index; other = left[++l]) merged.push(other.item);
    merged.push(next.item);
  }
  return [...merged, ...left.slice(l).map((one) => one.item)];
}

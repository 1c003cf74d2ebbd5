/** Taints and tolerations. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateTolerations, validateNodeTaints. */
import { labelValueErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type { Taint, Toleration } from "../api/index.ts";
import { duplicate, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain } from "./field-rules.ts";

const EFFECTS: readonly string[] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

function validateOperator(toleration: Toleration, path: FieldPath, errors: FieldErrors): void {
  const value = toleration.value ?? "";
  switch (toleration.operator ?? "") {
    case "":
    case "Equal": {
      const complaints = labelValueErrors(value);
      if (complaints.length > 0) invalid(errors, path.child("operator"), value, complaints.join(";"));
      break;
    }
    case "Exists":
      if (value !== "") invalid(errors, path.child("operator"), value, "value must be empty when `operator` is 'Exists'");
      break;
    default:
      notSupported(errors, path.child("operator"), toleration.operator, ["Equal", "Exists"]);
  }
}

function validateToleration(toleration: Toleration, path: FieldPath, errors: FieldErrors): void {
  const key = toleration.key ?? "";
  const effect = toleration.effect ?? "";
  if (key !== "") complain(errors, path, "key", key, qualifiedNameErrors(key));
  else if (toleration.operator !== "Exists") {
    invalid(errors, path.child("operator"), toleration.operator ?? "", 'operator must be Exists when `key` is empty, which means "match all values and all keys"');
  }
  if (toleration.tolerationSeconds !== undefined && effect !== "NoExecute") {
    invalid(errors, path.child("effect"), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
  }
  validateOperator(toleration, path, errors);
  if (effect !== "" && !EFFECTS.includes(effect)) notSupported(errors, path.child("effect"), effect, EFFECTS);
}

/** A list of tolerations. */
export function validateTolerations(tolerations: readonly Toleration[] | undefined, path: FieldPath, errors: FieldErrors): void {
  tolerations?.forEach((toleration, index) => validateToleration(toleration, path.index(index), errors));
}

/** A node's taints: unique by key and effect. */
export function validateTaints(taints: readonly Taint[] | undefined, path: FieldPath, errors: FieldErrors): void {
  const seen = new Set<string>();
  taints?.forEach((taint, index) => {
    const at = path.index(index);
    const key = taint.key ?? "";
    const effect = taint.effect ?? "";
    complain(errors, at, "key", key, qualifiedNameErrors(key));
    const complaints = labelValueErrors(taint.value ?? "");
    if (complaints.length > 0) invalid(errors, at.child("value"), taint.value, complaints.join(";"));
    if (effect === "") required(errors, at.child("effect"));
    else if (!EFFECTS.includes(effect)) notSupported(errors, at.child("effect"), effect, EFFECTS);
    const pair = `${effect}/${key}`;
    if (!seen.has(pair)) seen.add(pair);
    else duplicate(errors, at, { Key: key, Value: taint.value ?? "", Effect: effect, TimeAdded: taint.timeAdded ?? null }, "taints must be unique by key and effect pair");
  });
}

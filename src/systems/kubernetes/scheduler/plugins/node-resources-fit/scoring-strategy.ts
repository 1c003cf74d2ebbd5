/** The three ways to score a node by its free resources. Sources: plugins/noderesources/{least,most}_allocated.go, requested_to_capacity_ratio.go. */
import type { NodeInfo } from "../../framework/node-info.ts";
import { MAX_SCORE } from "../../framework/plugin.ts";
import type { PodShape } from "../../framework/pod-shape.ts";
import type { ResourceWeight, ScoringStrategy, UtilizationShapePoint } from "../../profile/args.ts";
import { allocatableFor, nonZeroRequestedWith } from "./amounts-of.ts";

/** The default: spread over the freest nodes, CPU and memory alike. */
const DEFAULT_RESOURCES: readonly ResourceWeight[] = [{ name: "cpu", weight: 1 }, { name: "memory", weight: 1 }];
/** Shape scores run from 0 to 10 (MaxCustomPriorityScore). */
const SHAPE_SCALE = 10;

function least(requested: number, allocatable: number): number {
  return requested > allocatable ? 0 : Math.trunc(((allocatable - requested) * MAX_SCORE) / allocatable);
}

function most(requested: number, allocatable: number): number {
  return Math.trunc((Math.min(requested, allocatable) * MAX_SCORE) / allocatable);
}

/** The broken line through the shape's points at a utilization in per cent (helper/shape_score.go). */
export function brokenLine(shape: readonly UtilizationShapePoint[], utilization: number): number {
  for (let at = 0; at < shape.length; at++) {
    const point = shape[at] as UtilizationShapePoint;
    if (utilization > point.utilization) continue;
    const score = point.score * (MAX_SCORE / SHAPE_SCALE);
    const before = shape[at - 1];
    if (before === undefined) return score;
    const from = before.score * (MAX_SCORE / SHAPE_SCALE);
    return from + Math.trunc(((score - from) * (utilization - before.utilization)) / (point.utilization - before.utilization));
  }
  return (shape.at(-1)?.score ?? 0) * (MAX_SCORE / SHAPE_SCALE);
}

function ratioScore(shape: PodShape, node: NodeInfo, resources: readonly ResourceWeight[], line: readonly UtilizationShapePoint[]): number {
  let sum = 0;
  let weights = 0;
  for (const { name, weight } of resources) {
    const allocatable = allocatableFor(shape, node, name);
    if (allocatable === 0) continue;
    const requested = nonZeroRequestedWith(shape, node, name);
    const score = brokenLine(line, requested > allocatable ? 100 : Math.trunc((requested * 100) / allocatable));
    if (score <= 0) continue;
    sum += score * weight;
    weights += weight;
  }
  return weights === 0 ? 0 : Math.round(sum / weights);
}

/** The score of a node, 0 to 100. */
export function fitScore(shape: PodShape, node: NodeInfo, strategy: ScoringStrategy | undefined): number {
  const resources = strategy?.resources ?? DEFAULT_RESOURCES;
  if (strategy?.type === "RequestedToCapacityRatio") return ratioScore(shape, node, resources, strategy.requestedToCapacityRatio?.shape ?? []);
  const part = strategy?.type === "MostAllocated" ? most : least;
  let sum = 0;
  let weights = 0;
  for (let at = 0; at < resources.length; at++) {
    const { name, weight } = resources[at] as ResourceWeight;
    const allocatable = allocatableFor(shape, node, name);
    if (allocatable === 0) continue;
    sum += part(nonZeroRequestedWith(shape, node, name), allocatable) * weight;
    weights += weight;
  }
  return weights === 0 ? 0 : Math.trunc(sum / weights);
}

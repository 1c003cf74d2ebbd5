/** Defaults of pods and pod templates. Source: pkg/apis/core/v1/defaults.go. */
import type { Container, Pod, PodSecurityContext, PodSpec, PodTemplateSpec } from "../../api/index.ts";
import { always, each, eachOf, fill, inside, put, type Filler } from "./edit.ts";
import { defaultContainer, resources } from "./container.ts";
import { podLevelResources } from "./pod-level-resources.ts";
import { roundedUp, withEntries } from "./quantities.ts";
import { volume } from "./volume.ts";

const emptySecurityContext: PodSecurityContext = {};
const podSpecDefaults: Partial<PodSpec> = {
  dnsPolicy: "ClusterFirst",
  restartPolicy: "Always",
  securityContext: emptySecurityContext,
  /** DefaultTerminationGracePeriodSeconds. */
  terminationGracePeriodSeconds: 30,
  schedulerName: "default-scheduler",
};

/** SetDefaults_PodSpec and the defaulters of everything in it: what templates and pods share. */
export const podSpec: Filler<PodSpec> = (spec) => {
  let out = fill(spec, podSpecDefaults);
  out = eachOf(out, "volumes", volume);
  out = eachOf(out, "initContainers", defaultContainer);
  out = eachOf(out, "containers", defaultContainer);
  out = eachOf(out, "ephemeralContainers", defaultContainer);
  out = inside(out, "resources", resources);
  return inside(out, "overhead", roundedUp);
};

/** Defaults of a template: those of SetDefaults_Pod are left to the pods made from it. */
export const podTemplate: Filler<PodTemplateSpec> = (template) => always(template, "spec", podSpec);

function requestsFromLimits(container: Container): Container {
  const wanted = container.resources;
  if (wanted?.limits === undefined) return container;
  const requests = withEntries(wanted.requests, wanted.limits);
  return requests === wanted.requests || requests === undefined ? container : put(container, "resources", put(wanted, "requests", requests));
}

function hostPorts(container: Container): Container {
  return eachOf(container, "ports", (port) => (port.hostPort === undefined || port.hostPort === 0 ? put(port, "hostPort", port.containerPort) : port));
}

function eachMainContainer(spec: PodSpec, filler: Filler<Container>): PodSpec {
  const out = put(spec, "containers", each(spec.containers ?? [], filler));
  return eachOf(out, "initContainers", filler);
}

/** SetDefaults_Pod: requests from limits, pod-level resources, enableServiceLinks, host ports under hostNetwork. */
export const pod: Filler<Pod> = (value) => inside(value, "spec", (spec) => {
  if (spec.containers === undefined) return podSpec(fill(spec, { enableServiceLinks: true }));
  let out = eachMainContainer(spec, requestsFromLimits);
  out = podLevelResources(out);
  if (out.enableServiceLinks === undefined) out = put(out, "enableServiceLinks", true);
  if (out.hostNetwork === true) out = eachMainContainer(out, hostPorts);
  return podSpec(out);
});

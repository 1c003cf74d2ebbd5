/** Ports of containers. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, validateContainerPorts and neighbours. */
import { portNameErrors } from "../../../base/names/index.ts";
import type { Container, ContainerPort, IntOrString } from "../api/index.ts";
import { duplicate, invalid, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, complainAt, portNumberErrors, requiredOneOf } from "./field-rules.ts";

/** The transport protocols of ports. */
export const PROTOCOLS: readonly string[] = ["SCTP", "TCP", "UDP"];

function validatePort(port: ContainerPort, names: Set<string>, path: FieldPath, errors: FieldErrors): void {
  const name = port.name ?? "";
  if (name !== "") {
    const complaints = portNameErrors(name);
    if (complaints.length > 0) complain(errors, path, "name", name, complaints);
    else if (names.has(name)) duplicate(errors, path.child("name"), name);
    else names.add(name);
  }
  const number: number | undefined = port.containerPort;
  if (number === undefined || number === 0) required(errors, path.child("containerPort"));
  else complain(errors, path, "containerPort", number, portNumberErrors(number));
  if (port.hostPort !== undefined && port.hostPort !== 0) complain(errors, path, "hostPort", port.hostPort, portNumberErrors(port.hostPort));
  requiredOneOf(errors, path, "protocol", port.protocol, PROTOCOLS);
}

/** A container's ports. */
export function validateContainerPorts(ports: readonly ContainerPort[], path: FieldPath, errors: FieldErrors): void {
  const names = new Set<string>();
  ports.forEach((port, index) => validatePort(port, names, path.index(index), errors));
}

/** Two ports of a pod may not ask for the same port of the host. */
export function validateHostPortConflicts(containers: readonly Container[], path: FieldPath, errors: FieldErrors): void {
  let taken: Set<string> | undefined;
  containers.forEach((container, containerIndex) => {
    container.ports?.forEach((port, portIndex) => {
      if (port.hostPort === undefined || port.hostPort === 0) return;
      taken ??= new Set();
      const wanted = `${port.protocol ?? ""}/${port.hostIP ?? ""}/${port.hostPort}`;
      if (taken.has(wanted)) duplicate(errors, path.index(containerIndex).child("ports").index(portIndex).child("hostPort"), wanted);
      else taken.add(wanted);
    });
  });
}

/** On the host's network a port's host port is the port itself. */
export function validateHostNetworkPorts(containers: readonly Container[], isPod: boolean, path: FieldPath, errors: FieldErrors): void {
  containers.forEach((container, containerIndex) => {
    container.ports?.forEach((port, portIndex) => {
      const hostPort = port.hostPort ?? 0;
      if ((!isPod && hostPort === 0) || hostPort === port.containerPort) return;
      const at = path.index(containerIndex).child("ports").index(portIndex).child("hostPort");
      invalid(errors, at, hostPort, "must match `containerPort` when `hostNetwork` is true");
    });
  });
}

/** A port by number or by name. */
export function validatePortNumberOrName(port: IntOrString | undefined, path: FieldPath, errors: FieldErrors): void {
  if (typeof port === "string") complainAt(errors, path, port, portNameErrors(port));
  else complainAt(errors, path, port ?? 0, portNumberErrors(port ?? 0));
}

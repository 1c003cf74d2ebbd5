/** Help for the editor; everything comes from the API server's own tables and rules. */
import { formatYaml } from "../../base/yaml/index.ts";
import type { Commands } from "../../protocol/index.ts";
import { USER } from "../../systems/kubernetes/api/index.ts";
import type { UserState } from "../../systems/kubernetes/cluster/index.ts";
import { checkManifest, completeManifest, hoverManifest } from "../../systems/kubernetes/editing/index.ts";
import { emptyRegistry, type KindRegistry } from "../../systems/kubernetes/schema/index.ts";
import type { CommandHost } from "../command-host.ts";

function registryOf(host: CommandHost): KindRegistry {
  return host.stage.session.world.stateOf<UserState>(USER)?.registry ?? emptyRegistry;
}

/** Problems of a text and the objects its documents describe. */
export function checkText(host: CommandHost, { text }: Commands["check-text"]["input"]): Commands["check-text"]["output"] {
  const { problems, places } = checkManifest(registryOf(host), text);
  return {
    problems: problems.map(({ path: _path, ...problem }) => problem),
    places: places.map(({ apiVersion, kind, namespace, name, known, line, endLine }) => ({ line, endLine, ref: known ? { apiVersion, kind, namespace, name } : null })),
  };
}

/** Suggestions at the caret. */
export function complete(host: CommandHost, { text, line, column }: Commands["complete"]["input"]): Commands["complete"]["output"] {
  return completeManifest(registryOf(host), text, line, column);
}

/** What the field under the pointer means. */
export function hover(host: CommandHost, { text, line, column }: Commands["hover"]["input"]): Commands["hover"]["output"] {
  return hoverManifest(registryOf(host), text, line, column) ?? null;
}

/** The text, laid out anew. */
export function format(_host: CommandHost, { text }: Commands["format"]["input"]): Commands["format"]["output"] {
  const result = formatYaml(text);
  return result.ok ? { text: result.text, problem: "" } : { text, problem: result.reason };
}

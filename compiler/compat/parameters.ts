/** What changed in what a task takes. The wire is positional, so places count, and names tell what moved. */
import type { Parameter, TaskContract } from "../../runtime/manifest.js";
import type { Change, ChangeKind, Verdict } from "./change.js";
import { type Misfit, misfit } from "./misfit.js";

/** The changes of the parameters. */
export function parameterChanges(before: TaskContract, after: TaskContract): Change[] {
  const [old, now] = [before.parameters, after.parameters];
  const moved = reordering(before, after);
  if (moved) return [moved];
  const gone = removedOf(old, now);
  if (gone.length > 0) return gone.map((parameter) => removal(before.name, parameter));
  return now.flatMap((parameter, i) => {
    const was = old[i];
    return was ? differences({ before, after, was, is: parameter }) : [addition(before.name, parameter)];
  });
}

/** The same names in other places; a name that moved because another was put before it counts too. */
function reordering(before: TaskContract, after: TaskContract): Change | undefined {
  const [old, now] = [before.parameters.map(({ name }) => name), after.parameters.map(({ name }) => name)];
  const moved = now.filter((name, i) => old.includes(name) && old.indexOf(name) !== i && !isShiftByRemoval(old, now));
  if (moved.length === 0) return undefined;
  return breaking(before.name, "parameters-reordered", {
    message: `the parameters are (${now.join(", ")}) now, and were (${old.join(", ")})`,
    why: `arguments travel by position: what messages in flight carry for ${old.find((name, i) => now[i] !== name)} would be taken for another`,
    help: "keep the order, and add new parameters at the end; or make it a new task",
  });
}

/** Everything that is left kept its order: then it is the removal that is to be told. */
function isShiftByRemoval(old: readonly string[], now: readonly string[]): boolean {
  return (
    now.length < old.length &&
    now.every((name) => old.includes(name)) &&
    now.join() === old.filter((name) => now.includes(name)).join()
  );
}

function removedOf(old: readonly Parameter[], now: readonly Parameter[]): Parameter[] {
  if (now.length >= old.length) return [];
  const kept = new Set(now.map(({ name }) => name));
  const gone = old.filter(({ name }) => !kept.has(name));
  return gone.length === 0 ? [...old.slice(now.length)] : gone.slice(0, old.length - now.length);
}

function removal(task: string, { name }: Parameter): Change {
  return breaking(task, "parameter-removed", {
    message: `the parameter '${name}' is gone`,
    why: "messages in flight carry an argument for it, and everything behind it moves",
    help: "keep it and ignore it until no message carries it; or make it a new task",
  });
}

function addition(task: string, parameter: Parameter): Change {
  const { name, optional, rest } = parameter;
  if (!optional && !rest) {
    return breaking(task, "parameter-added", {
      message: `the parameter '${name}' is new, and required`,
      why: "messages in flight carry no argument for it",
      help: "make it optional, or give it a default",
    });
  }
  return safe(task, "parameter-added", "waits", {
    message: `the parameter '${name}' is new, and may be left out`,
    why: "messages in flight leave it out; old workers set aside what carries it until a new worker comes",
  });
}

interface Pair {
  readonly before: TaskContract;
  readonly after: TaskContract;
  readonly was: Parameter;
  readonly is: Parameter;
}

function differences(pair: Pair): Change[] {
  return [...renaming(pair), ...necessity(pair), ...types(pair)];
}

function renaming({ before, was, is }: Pair): Change[] {
  if (was.name === is.name) return [];
  return [
    safe(before.name, "parameter-renamed", "safe", {
      message: `the parameter '${was.name}' is called '${is.name}' now`,
      why: "arguments travel by position",
    }),
  ];
}

function necessity({ before, was, is }: Pair): Change[] {
  if (was.rest && !is.rest) {
    return [
      breaking(before.name, "parameter-changed", {
        message: `'${is.name}' takes one argument now, and took any number`,
        why: "messages in flight may carry more",
        help: "make it a new task",
      }),
    ];
  }
  const [could, can] = [was.optional || was.rest, is.optional || is.rest];
  if (could && !can) {
    return [
      breaking(before.name, "parameter-made-required", {
        message: `the parameter '${is.name}' is required now`,
        why: "messages in flight may leave it out",
        help: "give it a default",
      }),
    ];
  }
  if (could || !can) return [];
  return [
    safe(before.name, "parameter-made-optional", "waits", {
      message: `the parameter '${is.name}' may be left out now`,
      why: "messages in flight carry it; old workers set aside what leaves it out until a new worker comes",
    }),
  ];
}

function types({ before, after, was, is }: Pair): Change[] {
  const old = { schema: was.schema, definitions: before.definitions ?? {} };
  const now = { schema: is.schema, definitions: after.definitions ?? {} };
  const [narrowed, widened] = [misfit(old, now), misfit(now, old)];
  if (!narrowed && !widened) return [];
  if (!narrowed) {
    return [
      safe(before.name, "parameter-widened", "waits", {
        message: `'${is.name}' takes more: ${told(is.name, widened!)} too`,
        why: "all that is in flight still fits; old workers set aside what does not fit them until a new worker comes",
      }),
    ];
  }
  return [
    breaking(before.name, widened ? "parameter-changed" : "parameter-narrowed", {
      message: `'${is.name}' takes something else: ${told(is.name, narrowed)}, and ${narrowed.expected} is expected now`,
      why: "messages in flight may carry what no longer fits; they are set aside, and no new worker takes them",
      help: "take both for as long as old messages are in flight, or make it a new task",
    }),
  ];
}

function told(name: string, { path, found }: Misfit): string {
  return `${name}${path} may be ${found}`;
}

interface Words {
  readonly message: string;
  readonly why: string;
  readonly help?: string;
}

function breaking(task: string, kind: ChangeKind, words: Words): Change {
  return {
    task,
    kind,
    severity: "breaking",
    rollout: { workersFirst: "breaking", producersFirst: "breaking" },
    ...words,
  };
}

function safe(task: string, kind: ChangeKind, producersFirst: Verdict, words: Words): Change {
  return { task, kind, severity: "safe", rollout: { workersFirst: "safe", producersFirst }, ...words };
}

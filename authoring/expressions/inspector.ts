import type { Debugger, Runtime, Session } from 'node:inspector';
import { refuse } from '../faults.ts';

/** A function as V8 knows it. Lines and columns count from 0. */
export interface Inspected {
  readonly url: string;
  /** The `//# sourceMappingURL` of its script. */
  readonly sourceMap: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly captured: ReadonlyMap<string, unknown>;
}

interface Script {
  readonly url: string;
  readonly sourceMap: string | undefined;
}

/** Under this key of the inspector's own module, which every realm of the process shares, values go to V8 and come back. */
const EXCHANGE = Symbol.for('dagwright.inspected');
const EXCHANGED = `process.getBuiltinModule('node:inspector')[Symbol.for('dagwright.inspected')]`;

type Inspector = typeof import('node:inspector') & { [EXCHANGE]?: { fn?: unknown; values: unknown[] } };

/** Scripts do not change, so each is looked up once. */
const scripts = new Map<string, Script>();

/**
 * The place of a function, and the values of names in the scopes around it. The session is within the process: no port is opened.
 * @throws Stop if Node does not allow it
 */
export function inspectFunction(fn: unknown, names: readonly string[]): Inspected {
  const inspector = inspectorModule();
  const session = connected(inspector);
  const exchange: { fn?: unknown; values: unknown[] } = { fn, values: [] };
  inspector[EXCHANGE] = exchange;
  try {
    const { result } = ask<Runtime.EvaluateReturnType>(session, 'Runtime.evaluate', { expression: `${EXCHANGED}.fn` });
    const { internalProperties = [] } = propertiesOf(session, result.objectId as string);
    const internal = (name: string) => internalProperties.find((property) => property.name === name)?.value;
    const location = internal('[[FunctionLocation]]')?.value as Debugger.Location | undefined;
    const scopes = internal('[[Scopes]]')?.objectId;
    if (!location || !scopes) return refuse('DAG055', { detail: 'it is built in, or bound' });
    const captured = new Map<string, unknown>();
    for (const scope of propertiesOf(session, scopes).result) {
      if (scope.value?.objectId === undefined || scope.value.description === 'Global') continue;
      for (const { name, value } of propertiesOf(session, scope.value.objectId).result) {
        if (!names.includes(name) || captured.has(name) || !value) continue;
        captured.set(name, handedOver(session, value, exchange));
      }
    }
    const { url, sourceMap } = scriptOf(session, location.scriptId);
    return { url, sourceMap, line: location.lineNumber, column: location.columnNumber ?? 0, captured };
  } finally {
    delete inspector[EXCHANGE];
    session.disconnect();
  }
}

function inspectorModule(): Inspector {
  try {
    // Without an import: there is a Node without an inspector, where the rest of the package works.
    return process.getBuiltinModule('node:inspector') as Inspector;
  } catch (error) {
    return refuse('DAG055', { detail: `Node has no inspector (${(error as Error).message})` });
  }
}

function connected(inspector: Inspector): Session {
  try {
    const session = new inspector.Session();
    session.connect();
    return session;
  } catch (error) {
    return refuse('DAG055', { detail: `Node's inspector is not allowed here (${(error as Error).message})` });
  }
}

/** The answer comes before `post` returns. */
function ask<R>(session: Session, method: string, params: object = {}): R {
  let answer: R | undefined;
  let failure: Error | null = null;
  session.post(method, params, (error: Error | null, result?: object) => {
    failure = error;
    answer = result as R;
  });
  if (failure) throw failure;
  return answer as R;
}

function propertiesOf(session: Session, objectId: string): Runtime.GetPropertiesReturnType {
  return ask(session, 'Runtime.getProperties', { objectId, ownProperties: true });
}

/** The value itself and not its description: V8 hands it over through the exchange. */
function handedOver(session: Session, value: Runtime.RemoteObject, { values }: { values: unknown[] }): unknown {
  if (value.objectId === undefined) return plain(value);
  const functionDeclaration = `function () { ${EXCHANGED}.values.push(this); }`;
  ask(session, 'Runtime.callFunctionOn', { objectId: value.objectId, functionDeclaration });
  return values.pop();
}

function plain({ value, unserializableValue }: Runtime.RemoteObject): unknown {
  if (unserializableValue === undefined) return value;
  return unserializableValue.endsWith('n') ? BigInt(unserializableValue.slice(0, -1)) : Number(unserializableValue);
}

function scriptOf(session: Session, id: string): Script {
  if (!scripts.has(id)) {
    const parsed = ({ params }: { params: Debugger.ScriptParsedEventDataType }) => {
      scripts.set(params.scriptId, { url: params.url, sourceMap: params.sourceMapURL || undefined });
    };
    session.on('Debugger.scriptParsed', parsed);
    ask(session, 'Debugger.enable');
    ask(session, 'Debugger.disable');
    session.off('Debugger.scriptParsed', parsed);
  }
  return scripts.get(id) ?? { url: '', sourceMap: undefined };
}

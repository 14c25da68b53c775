/** A request that the API refuses; `name` is the exception's. */
export class TestStateRefusal extends Error {
  override readonly name: 'InvalidDefinition' | 'InvalidExecutionInput' | 'ValidationException';

  constructor(name: TestStateRefusal['name'], message: string) {
    super(message);
    this.name = name;
  }
}

export function invalid(message: string): TestStateRefusal {
  return new TestStateRefusal('ValidationException', message);
}

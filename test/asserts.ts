import { beforeEach, expect } from '@jest/globals';

/** A test in which nothing was expected has shown nothing: it fails. */
beforeEach(() => {
  expect.hasAssertions();
});

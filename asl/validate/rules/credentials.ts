import { isObject } from '../../json/value.ts';
import { readResource } from '../../services/index.ts';
import { hasFieldsLater, isFilledLater } from '../filled-later.ts';
import type { Rule } from './rule.ts';

const ROLE = /^arn:[^:]+:iam::[^:]+:role\/./;

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html */
export const credentials: Rule = {
  purpose: 'Credentials name a role, and stand on a task that can take one.',
  check({ states }, report) {
    for (const { json, path, name, type } of states) {
      const { Credentials: given, Resource: resource } = json;
      if (type !== 'Task' || !isObject(given)) continue;
      const at = `${path}/Credentials`;
      const read = typeof resource === 'string' ? readResource(resource) : undefined;
      const http = read?.kind === 'integration' && !read.sdk && read.service === 'http';
      if (read?.kind === 'activity' || http)
        report('ASL089', { detail: 'Only Lambda functions and AWS services are called with Credentials' }, at, {
          onKey: true,
        });
      const role = given.RoleArn ?? given['RoleArn.$'];
      if (role === undefined) {
        if (hasFieldsLater(given)) continue;
        // The States Language lets Credentials hold anything; what AWS calls takes a role.
        if (read?.kind === 'lambda' || (read?.kind === 'integration' && !http) || read?.kind === 'placeholder')
          report('ASL010', { what: `The state "${name}": Credentials`, field: 'RoleArn' }, at);
        else report('ASL089', { detail: 'The Credentials have no RoleArn' }, at);
      } else if (given.RoleArn !== undefined && typeof given.RoleArn !== 'string')
        report('ASL089', { detail: `${JSON.stringify(given.RoleArn)} is not the ARN of a role` }, `${at}/RoleArn`);
      else if (typeof given.RoleArn === 'string' && !given.RoleArn.startsWith('{%') && !isFilledLater(given.RoleArn))
        if (!ROLE.test(given.RoleArn))
          report('ASL089', { detail: `"${given.RoleArn}" is not the ARN of a role` }, `${at}/RoleArn`);
    }
  },
};

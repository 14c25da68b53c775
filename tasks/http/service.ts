import type { Service } from '../service.ts';

/** HTTP endpoints that are none of AWS's, which Step Functions calls with the credentials of a connection of EventBridge. */
export const http = {
  name: 'http',
  title: 'HTTP',
  integrations: ['http'],
  samples: { call: { StatusCode: 200, StatusText: 'OK', Headers: {}, ResponseBody: {} } },
  otherNames: {
    '^(?:invoke|request|get|post|fetch|simple_?http\\w*|http\\w*)$':
      "`http.call({ connection, url: 'https://…', method: 'POST', body: { … } })`",
  },
} as const satisfies Service;

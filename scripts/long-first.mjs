import Sequencer from '@jest/test-sequencer';

/** What takes longest on two cores, in seconds; a file that is not here takes less than five. The order is all that they decide. */
const SECONDS = {
  'acceptance/suite': 30,
  'runs/resume/datalake': 50,
  'deploy/killed': 40,
  'acceptance/killed': 30,
  'deploy/destroy-runs': 24,
  'deploy/destroy-jobs': 17,
  'deploy/quota': 15,
  'local/datalake': 40,
  'local/emr': 30,
  'deploy/doctor': 28,
  'deploy/deployer-policy': 26,
  'deploy/strict': 27,
  'deploy/export': 25,
  'runs/lag': 25,
  'runs/broken-network': 24,
  'oracle/data': 18,
  'picture/page': 18,
  'runs/resume/killed': 16,
  'deploy/command': 14,
  'deploy/checks/caller': 13,
  'conformance/airflow': 14,
  'runs/backfill': 12,
  'local/environment': 12,
  'local/enforce-policy': 11,
  'deploy/operate': 11,
  'deploy/at-once': 11,
  'local/command': 11,
  'engines/s3/s3-server': 12,
  'engines/runtimes': 20,
  'local/functions': 20,
  'fuzz/inner-fields': 10,
  'errors/errors': 10,
  'ci/workflow': 10,
  'docs/new-user': 9,
  'docs/public-examples': 9,
  'cli/compile': 9,
  'endpoint/restart': 9,
  'runs/resume/resumed': 9,
  'asl/validate/robust': 9,
  'local/run': 8,
  'local/emr-serverless': 8,
  'types/budget': 6,
  'compiler/plan': 8,
  'oracle/control-flow': 7,
  'cases/cases': 7,
  'compiler/manifest-graph': 5,
  'local/map-items': 5,
  'asl/interpret/hostile': 5,
};

/** The longest files first, so that no worker begins one when the others have finished. */
export default class LongFirst extends Sequencer {
  sort(tests) {
    const secondsOf = ({ path }) => SECONDS[/test\/(.*)\.test\.ts$/.exec(path.replaceAll('\\', '/'))?.[1]] ?? 0;
    return [...tests].sort((a, b) => secondsOf(b) - secondsOf(a) || a.path.localeCompare(b.path));
  }
}

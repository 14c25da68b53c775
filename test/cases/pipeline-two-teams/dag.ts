import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Two teams’ chains cross: the shop needs the prices of procurement, procurement needs the sales of the shop. */
const dag = new Dag('pipeline-two-teams', { schedule: '@daily', tags: ['shop', 'procurement'] });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const shop = dag.taskGroup('shop');
const procurement = dag.taskGroup('procurement');
const sales = shop.task('sales', run('sales'));
const prices = procurement.task('prices', run('prices'));
const margin = shop.task('margin', run('margin')).after(sales, prices);
const orders = procurement.task('orders', run('orders')).after(prices, sales);
shop.task('dashboard', run('dashboard')).after(margin);
procurement.task('send', run('send')).after(orders);

export default dag;

const { Dag } = require('dagwright');

export default new Dag('required');

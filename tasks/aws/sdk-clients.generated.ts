// Made by scripts/generate-sdk-services.py from botocore 1.44.8. Do not edit.
/** Step Functions' name of a service → its client in the AWS SDK for JavaScript; loose where that is not installed. */
export interface SdkClients {
  /** @ts-ignore */
  abusesignal: import('@aws-sdk/client-abuse-signal').AbuseSignal;
  /** @ts-ignore */
  accessanalyzer: import('@aws-sdk/client-accessanalyzer').AccessAnalyzer;
  /** @ts-ignore */
  account: import('@aws-sdk/client-account').Account;
  /** @ts-ignore */
  accountaccess: import('@aws-sdk/client-account-access').AccountAccess;
  /** @ts-ignore */
  accountaccessruntime: import('@aws-sdk/client-account-access-runtime').AccountAccessRuntime;
  /** @ts-ignore */
  acm: import('@aws-sdk/client-acm').ACM;
  /** @ts-ignore */
  acmpca: import('@aws-sdk/client-acm-pca').ACMPCA;
  /** @ts-ignore */
  agentdiscovery: import('@aws-sdk/client-agent-discovery').AgentDiscovery;
  /** @ts-ignore */
  agentregistry: import('@aws-sdk/client-agent-registry').AgentRegistry;
  /** @ts-ignore */
  agentregistrycontrol: import('@aws-sdk/client-agent-registry-control').AgentRegistryControl;
  /** @ts-ignore */
  aiops: import('@aws-sdk/client-aiops').AIOps;
  /** @ts-ignore */
  amp: import('@aws-sdk/client-amp').Amp;
  /** @ts-ignore */
  amplify: import('@aws-sdk/client-amplify').Amplify;
  /** @ts-ignore */
  amplifybackend: import('@aws-sdk/client-amplifybackend').AmplifyBackend;
  /** @ts-ignore */
  amplifyuibuilder: import('@aws-sdk/client-amplifyuibuilder').AmplifyUIBuilder;
  /** @ts-ignore */
  apigateway: import('@aws-sdk/client-api-gateway').APIGateway;
  /** @ts-ignore */
  apigatewaymanagementapi: import('@aws-sdk/client-apigatewaymanagementapi').ApiGatewayManagementApi;
  /** @ts-ignore */
  apigatewayv2: import('@aws-sdk/client-apigatewayv2').ApiGatewayV2;
  /** @ts-ignore */
  apiportal: import('@aws-sdk/client-apiportal').APIPortal;
  /** @ts-ignore */
  appconfig: import('@aws-sdk/client-appconfig').AppConfig;
  /** @ts-ignore */
  appconfigdata: import('@aws-sdk/client-appconfigdata').AppConfigData;
  /** @ts-ignore */
  appfabric: import('@aws-sdk/client-appfabric').AppFabric;
  /** @ts-ignore */
  appflow: import('@aws-sdk/client-appflow').Appflow;
  /** @ts-ignore */
  appintegrations: import('@aws-sdk/client-appintegrations').AppIntegrations;
  /** @ts-ignore */
  applicationautoscaling: import('@aws-sdk/client-application-auto-scaling').ApplicationAutoScaling;
  /** @ts-ignore */
  applicationcostprofiler: import('@aws-sdk/client-applicationcostprofiler').ApplicationCostProfiler;
  /** @ts-ignore */
  applicationdiscovery: import('@aws-sdk/client-application-discovery-service').ApplicationDiscoveryService;
  /** @ts-ignore */
  applicationinsights: import('@aws-sdk/client-application-insights').ApplicationInsights;
  /** @ts-ignore */
  applicationsignals: import('@aws-sdk/client-application-signals').ApplicationSignals;
  /** @ts-ignore */
  appmesh: import('@aws-sdk/client-app-mesh').AppMesh;
  /** @ts-ignore */
  apprunner: import('@aws-sdk/client-apprunner').AppRunner;
  /** @ts-ignore */
  appstream: import('@aws-sdk/client-appstream').AppStream;
  /** @ts-ignore */
  appsync: import('@aws-sdk/client-appsync').AppSync;
  /** @ts-ignore */
  arcregionswitch: import('@aws-sdk/client-arc-region-switch').ARCRegionSwitch;
  /** @ts-ignore */
  arczonalshift: import('@aws-sdk/client-arc-zonal-shift').ARCZonalShift;
  /** @ts-ignore */
  artifact: import('@aws-sdk/client-artifact').Artifact;
  /** @ts-ignore */
  athena: import('@aws-sdk/client-athena').Athena;
  /** @ts-ignore */
  auditmanager: import('@aws-sdk/client-auditmanager').AuditManager;
  /** @ts-ignore */
  autoscaling: import('@aws-sdk/client-auto-scaling').AutoScaling;
  /** @ts-ignore */
  autoscalingplans: import('@aws-sdk/client-auto-scaling-plans').AutoScalingPlans;
  /** @ts-ignore */
  b2bi: import('@aws-sdk/client-b2bi').B2bi;
  /** @ts-ignore */
  backup: import('@aws-sdk/client-backup').Backup;
  /** @ts-ignore */
  backupgateway: import('@aws-sdk/client-backup-gateway').BackupGateway;
  /** @ts-ignore */
  backupsearch: import('@aws-sdk/client-backupsearch').BackupSearch;
  /** @ts-ignore */
  batch: import('@aws-sdk/client-batch').Batch;
  /** @ts-ignore */
  bcmdashboards: import('@aws-sdk/client-bcm-dashboards').BCMDashboards;
  /** @ts-ignore */
  bcmdataexports: import('@aws-sdk/client-bcm-data-exports').BCMDataExports;
  /** @ts-ignore */
  bcmpricingcalculator: import('@aws-sdk/client-bcm-pricing-calculator').BCMPricingCalculator;
  /** @ts-ignore */
  bcmrecommendedactions: import('@aws-sdk/client-bcm-recommended-actions').BCMRecommendedActions;
  /** @ts-ignore */
  bedrock: import('@aws-sdk/client-bedrock').Bedrock;
  /** @ts-ignore */
  bedrockagent: import('@aws-sdk/client-bedrock-agent').BedrockAgent;
  /** @ts-ignore */
  bedrockagentcore: import('@aws-sdk/client-bedrock-agentcore').BedrockAgentCore;
  /** @ts-ignore */
  bedrockagentcorecontrol: import('@aws-sdk/client-bedrock-agentcore-control').BedrockAgentCoreControl;
  /** @ts-ignore */
  bedrockagentruntime: import('@aws-sdk/client-bedrock-agent-runtime').BedrockAgentRuntime;
  /** @ts-ignore */
  bedrockdataautomation: import('@aws-sdk/client-bedrock-data-automation').BedrockDataAutomation;
  /** @ts-ignore */
  bedrockdataautomationruntime: import('@aws-sdk/client-bedrock-data-automation-runtime').BedrockDataAutomationRuntime;
  /** @ts-ignore */
  bedrockruntime: import('@aws-sdk/client-bedrock-runtime').BedrockRuntime;
  /** @ts-ignore */
  billing: import('@aws-sdk/client-billing').Billing;
  /** @ts-ignore */
  billingconductor: import('@aws-sdk/client-billingconductor').Billingconductor;
  /** @ts-ignore */
  braket: import('@aws-sdk/client-braket').Braket;
  /** @ts-ignore */
  budgets: import('@aws-sdk/client-budgets').Budgets;
  /** @ts-ignore */
  chatbot: import('@aws-sdk/client-chatbot').Chatbot;
  /** @ts-ignore */
  chime: import('@aws-sdk/client-chime').Chime;
  /** @ts-ignore */
  chimesdkidentity: import('@aws-sdk/client-chime-sdk-identity').ChimeSDKIdentity;
  /** @ts-ignore */
  chimesdkmediapipelines: import('@aws-sdk/client-chime-sdk-media-pipelines').ChimeSDKMediaPipelines;
  /** @ts-ignore */
  chimesdkmeetings: import('@aws-sdk/client-chime-sdk-meetings').ChimeSDKMeetings;
  /** @ts-ignore */
  chimesdkmessaging: import('@aws-sdk/client-chime-sdk-messaging').ChimeSDKMessaging;
  /** @ts-ignore */
  chimesdkvoice: import('@aws-sdk/client-chime-sdk-voice').ChimeSDKVoice;
  /** @ts-ignore */
  cleanrooms: import('@aws-sdk/client-cleanrooms').CleanRooms;
  /** @ts-ignore */
  cleanroomsml: import('@aws-sdk/client-cleanroomsml').CleanRoomsML;
  /** @ts-ignore */
  cloud9: import('@aws-sdk/client-cloud9').Cloud9;
  /** @ts-ignore */
  cloudcontrol: import('@aws-sdk/client-cloudcontrol').CloudControl;
  /** @ts-ignore */
  clouddirectory: import('@aws-sdk/client-clouddirectory').CloudDirectory;
  /** @ts-ignore */
  cloudformation: import('@aws-sdk/client-cloudformation').CloudFormation;
  /** @ts-ignore */
  cloudfront: import('@aws-sdk/client-cloudfront').CloudFront;
  /** @ts-ignore */
  cloudfrontkeyvaluestore: import('@aws-sdk/client-cloudfront-keyvaluestore').CloudFrontKeyValueStore;
  /** @ts-ignore */
  cloudhsm: import('@aws-sdk/client-cloudhsm').CloudHSM;
  /** @ts-ignore */
  cloudhsmv2: import('@aws-sdk/client-cloudhsm-v2').CloudHSMV2;
  /** @ts-ignore */
  cloudsearch: import('@aws-sdk/client-cloudsearch').CloudSearch;
  /** @ts-ignore */
  cloudsearchdomain: import('@aws-sdk/client-cloudsearch-domain').CloudSearchDomain;
  /** @ts-ignore */
  cloudtrail: import('@aws-sdk/client-cloudtrail').CloudTrail;
  /** @ts-ignore */
  cloudtraildata: import('@aws-sdk/client-cloudtrail-data').CloudTrailData;
  /** @ts-ignore */
  cloudwatch: import('@aws-sdk/client-cloudwatch').CloudWatch;
  /** @ts-ignore */
  cloudwatchlogs: import('@aws-sdk/client-cloudwatch-logs').CloudWatchLogs;
  /** @ts-ignore */
  cloudwatchomni: import('@aws-sdk/client-cloudwatchomni').CloudWatchOmni;
  /** @ts-ignore */
  codeartifact: import('@aws-sdk/client-codeartifact').Codeartifact;
  /** @ts-ignore */
  codebuild: import('@aws-sdk/client-codebuild').CodeBuild;
  /** @ts-ignore */
  codecatalyst: import('@aws-sdk/client-codecatalyst').CodeCatalyst;
  /** @ts-ignore */
  codecommit: import('@aws-sdk/client-codecommit').CodeCommit;
  /** @ts-ignore */
  codeconnections: import('@aws-sdk/client-codeconnections').CodeConnections;
  /** @ts-ignore */
  codedeploy: import('@aws-sdk/client-codedeploy').CodeDeploy;
  /** @ts-ignore */
  codeguruprofiler: import('@aws-sdk/client-codeguruprofiler').CodeGuruProfiler;
  /** @ts-ignore */
  codegurureviewer: import('@aws-sdk/client-codeguru-reviewer').CodeGuruReviewer;
  /** @ts-ignore */
  codegurusecurity: import('@aws-sdk/client-codeguru-security').CodeGuruSecurity;
  /** @ts-ignore */
  codepipeline: import('@aws-sdk/client-codepipeline').CodePipeline;
  /** @ts-ignore */
  codestarconnections: import('@aws-sdk/client-codestar-connections').CodeStarConnections;
  /** @ts-ignore */
  codestarnotifications: import('@aws-sdk/client-codestar-notifications').CodestarNotifications;
  /** @ts-ignore */
  cognitoidentity: import('@aws-sdk/client-cognito-identity').CognitoIdentity;
  /** @ts-ignore */
  cognitoidentityprovider: import('@aws-sdk/client-cognito-identity-provider').CognitoIdentityProvider;
  /** @ts-ignore */
  cognitosync: import('@aws-sdk/client-cognito-sync').CognitoSync;
  /** @ts-ignore */
  comprehend: import('@aws-sdk/client-comprehend').Comprehend;
  /** @ts-ignore */
  comprehendmedical: import('@aws-sdk/client-comprehendmedical').ComprehendMedical;
  /** @ts-ignore */
  computeoptimizer: import('@aws-sdk/client-compute-optimizer').ComputeOptimizer;
  /** @ts-ignore */
  computeoptimizerautomation: import('@aws-sdk/client-compute-optimizer-automation').ComputeOptimizerAutomation;
  /** @ts-ignore */
  config: import('@aws-sdk/client-config-service').ConfigService;
  /** @ts-ignore */
  connect: import('@aws-sdk/client-connect').Connect;
  /** @ts-ignore */
  connectcampaigns: import('@aws-sdk/client-connectcampaigns').ConnectCampaigns;
  /** @ts-ignore */
  connectcampaignsv2: import('@aws-sdk/client-connectcampaignsv2').ConnectCampaignsV2;
  /** @ts-ignore */
  connectcases: import('@aws-sdk/client-connectcases').ConnectCases;
  /** @ts-ignore */
  connectcontactlens: import('@aws-sdk/client-connect-contact-lens').ConnectContactLens;
  /** @ts-ignore */
  connecthealth: import('@aws-sdk/client-connecthealth').ConnectHealth;
  /** @ts-ignore */
  connectparticipant: import('@aws-sdk/client-connectparticipant').ConnectParticipant;
  /** @ts-ignore */
  connectscheduling: import('@aws-sdk/client-connectscheduling').ConnectScheduling;
  /** @ts-ignore */
  continuum: import('@aws-sdk/client-continuum').Continuum;
  /** @ts-ignore */
  controlcatalog: import('@aws-sdk/client-controlcatalog').ControlCatalog;
  /** @ts-ignore */
  controltower: import('@aws-sdk/client-controltower').ControlTower;
  /** @ts-ignore */
  costandusagereport: import('@aws-sdk/client-cost-and-usage-report-service').CostAndUsageReportService;
  /** @ts-ignore */
  costexplorer: import('@aws-sdk/client-cost-explorer').CostExplorer;
  /** @ts-ignore */
  costoptimizationhub: import('@aws-sdk/client-cost-optimization-hub').CostOptimizationHub;
  /** @ts-ignore */
  customerprofiles: import('@aws-sdk/client-customer-profiles').CustomerProfiles;
  /** @ts-ignore */
  databasemigration: import('@aws-sdk/client-database-migration-service').DatabaseMigrationService;
  /** @ts-ignore */
  databrew: import('@aws-sdk/client-databrew').DataBrew;
  /** @ts-ignore */
  dataexchange: import('@aws-sdk/client-dataexchange').DataExchange;
  /** @ts-ignore */
  datapipeline: import('@aws-sdk/client-data-pipeline').DataPipeline;
  /** @ts-ignore */
  datasync: import('@aws-sdk/client-datasync').DataSync;
  /** @ts-ignore */
  datazone: import('@aws-sdk/client-datazone').DataZone;
  /** @ts-ignore */
  dax: import('@aws-sdk/client-dax').DAX;
  /** @ts-ignore */
  deadline: import('@aws-sdk/client-deadline').Deadline;
  /** @ts-ignore */
  detective: import('@aws-sdk/client-detective').Detective;
  /** @ts-ignore */
  devicefarm: import('@aws-sdk/client-device-farm').DeviceFarm;
  /** @ts-ignore */
  devopsagent: import('@aws-sdk/client-devops-agent').DevOpsAgent;
  /** @ts-ignore */
  devopsguru: import('@aws-sdk/client-devops-guru').DevOpsGuru;
  /** @ts-ignore */
  directconnect: import('@aws-sdk/client-direct-connect').DirectConnect;
  /** @ts-ignore */
  directory: import('@aws-sdk/client-directory-service').DirectoryService;
  /** @ts-ignore */
  directoryservicedata: import('@aws-sdk/client-directory-service-data').DirectoryServiceData;
  /** @ts-ignore */
  dlm: import('@aws-sdk/client-dlm').DLM;
  /** @ts-ignore */
  docdb: import('@aws-sdk/client-docdb').DocDB;
  /** @ts-ignore */
  docdbelastic: import('@aws-sdk/client-docdb-elastic').DocDBElastic;
  /** @ts-ignore */
  drs: import('@aws-sdk/client-drs').Drs;
  /** @ts-ignore */
  dsql: import('@aws-sdk/client-dsql').DSQL;
  /** @ts-ignore */
  dynamodb: import('@aws-sdk/client-dynamodb').DynamoDB;
  /** @ts-ignore */
  dynamodbstreams: import('@aws-sdk/client-dynamodb-streams').DynamoDBStreams;
  /** @ts-ignore */
  ebs: import('@aws-sdk/client-ebs').EBS;
  /** @ts-ignore */
  ec2: import('@aws-sdk/client-ec2').EC2;
  /** @ts-ignore */
  ec2instanceconnect: import('@aws-sdk/client-ec2-instance-connect').EC2InstanceConnect;
  /** @ts-ignore */
  ecr: import('@aws-sdk/client-ecr').ECR;
  /** @ts-ignore */
  ecrpublic: import('@aws-sdk/client-ecr-public').ECRPUBLIC;
  /** @ts-ignore */
  ecs: import('@aws-sdk/client-ecs').ECS;
  /** @ts-ignore */
  efs: import('@aws-sdk/client-efs').EFS;
  /** @ts-ignore */
  eks: import('@aws-sdk/client-eks').EKS;
  /** @ts-ignore */
  eksauth: import('@aws-sdk/client-eks-auth').EKSAuth;
  /** @ts-ignore */
  elasticache: import('@aws-sdk/client-elasticache').ElastiCache;
  /** @ts-ignore */
  elasticbeanstalk: import('@aws-sdk/client-elastic-beanstalk').ElasticBeanstalk;
  /** @ts-ignore */
  elasticloadbalancing: import('@aws-sdk/client-elastic-load-balancing').ElasticLoadBalancing;
  /** @ts-ignore */
  elasticloadbalancingv2: import('@aws-sdk/client-elastic-load-balancing-v2').ElasticLoadBalancingV2;
  /** @ts-ignore */
  elasticsearch: import('@aws-sdk/client-elasticsearch-service').ElasticsearchService;
  /** @ts-ignore */
  elementalinference: import('@aws-sdk/client-elementalinference').ElementalInference;
  /** @ts-ignore */
  emr: import('@aws-sdk/client-emr').EMR;
  /** @ts-ignore */
  emrcontainers: import('@aws-sdk/client-emr-containers').EMRContainers;
  /** @ts-ignore */
  emrserverless: import('@aws-sdk/client-emr-serverless').EMRServerless;
  /** @ts-ignore */
  endusermessaging: import('@aws-sdk/client-endusermessaging').EndUserMessaging;
  /** @ts-ignore */
  entityresolution: import('@aws-sdk/client-entityresolution').EntityResolution;
  /** @ts-ignore */
  eventbridge: import('@aws-sdk/client-eventbridge').EventBridge;
  /** @ts-ignore */
  eventbridgev2: import('@aws-sdk/client-eventbridgev2').EventBridgeV2;
  /** @ts-ignore */
  evs: import('@aws-sdk/client-evs').Evs;
  /** @ts-ignore */
  firehose: import('@aws-sdk/client-firehose').Firehose;
  /** @ts-ignore */
  fis: import('@aws-sdk/client-fis').Fis;
  /** @ts-ignore */
  fms: import('@aws-sdk/client-fms').FMS;
  /** @ts-ignore */
  forecast: import('@aws-sdk/client-forecast').Forecast;
  /** @ts-ignore */
  forecastquery: import('@aws-sdk/client-forecastquery').Forecastquery;
  /** @ts-ignore */
  frauddetector: import('@aws-sdk/client-frauddetector').FraudDetector;
  /** @ts-ignore */
  freetier: import('@aws-sdk/client-freetier').FreeTier;
  /** @ts-ignore */
  fsx: import('@aws-sdk/client-fsx').FSx;
  /** @ts-ignore */
  gamelift: import('@aws-sdk/client-gamelift').GameLift;
  /** @ts-ignore */
  gameliftstreams: import('@aws-sdk/client-gameliftstreams').GameLiftStreams;
  /** @ts-ignore */
  geomaps: import('@aws-sdk/client-geo-maps').GeoMaps;
  /** @ts-ignore */
  geoplaces: import('@aws-sdk/client-geo-places').GeoPlaces;
  /** @ts-ignore */
  georoutes: import('@aws-sdk/client-geo-routes').GeoRoutes;
  /** @ts-ignore */
  glacier: import('@aws-sdk/client-glacier').Glacier;
  /** @ts-ignore */
  globalaccelerator: import('@aws-sdk/client-global-accelerator').GlobalAccelerator;
  /** @ts-ignore */
  glue: import('@aws-sdk/client-glue').Glue;
  /** @ts-ignore */
  grafana: import('@aws-sdk/client-grafana').Grafana;
  /** @ts-ignore */
  greengrass: import('@aws-sdk/client-greengrass').Greengrass;
  /** @ts-ignore */
  greengrassv2: import('@aws-sdk/client-greengrassv2').GreengrassV2;
  /** @ts-ignore */
  groundstation: import('@aws-sdk/client-groundstation').GroundStation;
  /** @ts-ignore */
  guardduty: import('@aws-sdk/client-guardduty').GuardDuty;
  /** @ts-ignore */
  health: import('@aws-sdk/client-health').Health;
  /** @ts-ignore */
  healthlake: import('@aws-sdk/client-healthlake').HealthLake;
  /** @ts-ignore */
  iam: import('@aws-sdk/client-iam').IAM;
  /** @ts-ignore */
  iamtoolbox: import('@aws-sdk/client-iam-toolbox').IAMToolbox;
  /** @ts-ignore */
  identitystore: import('@aws-sdk/client-identitystore').Identitystore;
  /** @ts-ignore */
  imagebuilder: import('@aws-sdk/client-imagebuilder').Imagebuilder;
  /** @ts-ignore */
  importexport: import('@aws-sdk/client-importexport').ImportExport;
  /** @ts-ignore */
  inspector: import('@aws-sdk/client-inspector').Inspector;
  /** @ts-ignore */
  inspector2: import('@aws-sdk/client-inspector2').Inspector2;
  /** @ts-ignore */
  inspectorscan: import('@aws-sdk/client-inspector-scan').InspectorScan;
  /** @ts-ignore */
  interconnect: import('@aws-sdk/client-interconnect').Interconnect;
  /** @ts-ignore */
  internetmonitor: import('@aws-sdk/client-internetmonitor').InternetMonitor;
  /** @ts-ignore */
  invoicing: import('@aws-sdk/client-invoicing').Invoicing;
  /** @ts-ignore */
  iot: import('@aws-sdk/client-iot').IoT;
  /** @ts-ignore */
  iotdataplane: import('@aws-sdk/client-iot-data-plane').IoTDataPlane;
  /** @ts-ignore */
  iotdeviceadvisor: import('@aws-sdk/client-iotdeviceadvisor').IotDeviceAdvisor;
  /** @ts-ignore */
  iotfleetwise: import('@aws-sdk/client-iotfleetwise').IoTFleetWise;
  /** @ts-ignore */
  iotjobsdataplane: import('@aws-sdk/client-iot-jobs-data-plane').IoTJobsDataPlane;
  /** @ts-ignore */
  iotmanagedintegrations: import('@aws-sdk/client-iot-managed-integrations').IoTManagedIntegrations;
  /** @ts-ignore */
  iotsecuretunneling: import('@aws-sdk/client-iotsecuretunneling').IoTSecureTunneling;
  /** @ts-ignore */
  iotsitewise: import('@aws-sdk/client-iotsitewise').IoTSiteWise;
  /** @ts-ignore */
  iotthingsgraph: import('@aws-sdk/client-iotthingsgraph').IoTThingsGraph;
  /** @ts-ignore */
  iottwinmaker: import('@aws-sdk/client-iottwinmaker').IoTTwinMaker;
  /** @ts-ignore */
  iotwireless: import('@aws-sdk/client-iot-wireless').IoTWireless;
  /** @ts-ignore */
  ivs: import('@aws-sdk/client-ivs').Ivs;
  /** @ts-ignore */
  ivschat: import('@aws-sdk/client-ivschat').Ivschat;
  /** @ts-ignore */
  ivsrealtime: import('@aws-sdk/client-ivs-realtime').IVSRealTime;
  /** @ts-ignore */
  kafka: import('@aws-sdk/client-kafka').Kafka;
  /** @ts-ignore */
  kafkaconnect: import('@aws-sdk/client-kafkaconnect').KafkaConnect;
  /** @ts-ignore */
  kendra: import('@aws-sdk/client-kendra').Kendra;
  /** @ts-ignore */
  kendraranking: import('@aws-sdk/client-kendra-ranking').KendraRanking;
  /** @ts-ignore */
  keyspaces: import('@aws-sdk/client-keyspaces').Keyspaces;
  /** @ts-ignore */
  keyspacesstreams: import('@aws-sdk/client-keyspacesstreams').KeyspacesStreams;
  /** @ts-ignore */
  kinesis: import('@aws-sdk/client-kinesis').Kinesis;
  /** @ts-ignore */
  kinesisanalytics: import('@aws-sdk/client-kinesis-analytics').KinesisAnalytics;
  /** @ts-ignore */
  kinesisanalyticsv2: import('@aws-sdk/client-kinesis-analytics-v2').KinesisAnalyticsV2;
  /** @ts-ignore */
  kinesisvideo: import('@aws-sdk/client-kinesis-video').KinesisVideo;
  /** @ts-ignore */
  kinesisvideoarchivedmedia: import('@aws-sdk/client-kinesis-video-archived-media').KinesisVideoArchivedMedia;
  /** @ts-ignore */
  kinesisvideomedia: import('@aws-sdk/client-kinesis-video-media').KinesisVideoMedia;
  /** @ts-ignore */
  kinesisvideosignaling: import('@aws-sdk/client-kinesis-video-signaling').KinesisVideoSignaling;
  /** @ts-ignore */
  kinesisvideowebrtcstorage: import('@aws-sdk/client-kinesis-video-webrtc-storage').KinesisVideoWebRTCStorage;
  /** @ts-ignore */
  kms: import('@aws-sdk/client-kms').KMS;
  /** @ts-ignore */
  lakeformation: import('@aws-sdk/client-lakeformation').LakeFormation;
  /** @ts-ignore */
  lambda: import('@aws-sdk/client-lambda').Lambda;
  /** @ts-ignore */
  lambdacore: import('@aws-sdk/client-lambda-core').LambdaCore;
  /** @ts-ignore */
  lambdamicrovms: import('@aws-sdk/client-lambda-microvms').LambdaMicrovms;
  /** @ts-ignore */
  lambdaweb: import('@aws-sdk/client-lambda-web').LambdaWeb;
  /** @ts-ignore */
  launchwizard: import('@aws-sdk/client-launch-wizard').LaunchWizard;
  /** @ts-ignore */
  lexmodelbuilding: import('@aws-sdk/client-lex-model-building-service').LexModelBuildingService;
  /** @ts-ignore */
  lexmodelsv2: import('@aws-sdk/client-lex-models-v2').LexModelsV2;
  /** @ts-ignore */
  lexruntime: import('@aws-sdk/client-lex-runtime-service').LexRuntimeService;
  /** @ts-ignore */
  lexruntimev2: import('@aws-sdk/client-lex-runtime-v2').LexRuntimeV2;
  /** @ts-ignore */
  licensemanager: import('@aws-sdk/client-license-manager').LicenseManager;
  /** @ts-ignore */
  licensemanagerlinuxsubscriptions: import('@aws-sdk/client-license-manager-linux-subscriptions').LicenseManagerLinuxSubscriptions;
  /** @ts-ignore */
  licensemanagerusersubscriptions: import('@aws-sdk/client-license-manager-user-subscriptions').LicenseManagerUserSubscriptions;
  /** @ts-ignore */
  lightsail: import('@aws-sdk/client-lightsail').Lightsail;
  /** @ts-ignore */
  location: import('@aws-sdk/client-location').Location;
  /** @ts-ignore */
  lookoutequipment: import('@aws-sdk/client-lookoutequipment').LookoutEquipment;
  /** @ts-ignore */
  m2: import('@aws-sdk/client-m2').M2;
  /** @ts-ignore */
  machinelearning: import('@aws-sdk/client-machine-learning').MachineLearning;
  /** @ts-ignore */
  macie2: import('@aws-sdk/client-macie2').Macie2;
  /** @ts-ignore */
  mailmanager: import('@aws-sdk/client-mailmanager').MailManager;
  /** @ts-ignore */
  managedblockchain: import('@aws-sdk/client-managedblockchain').ManagedBlockchain;
  /** @ts-ignore */
  managedblockchainquery: import('@aws-sdk/client-managedblockchain-query').ManagedBlockchainQuery;
  /** @ts-ignore */
  marketplaceagreement: import('@aws-sdk/client-marketplace-agreement').MarketplaceAgreement;
  /** @ts-ignore */
  marketplacecatalog: import('@aws-sdk/client-marketplace-catalog').MarketplaceCatalog;
  /** @ts-ignore */
  marketplacecommerceanalytics: import('@aws-sdk/client-marketplace-commerce-analytics').MarketplaceCommerceAnalytics;
  /** @ts-ignore */
  marketplacedeployment: import('@aws-sdk/client-marketplace-deployment').MarketplaceDeployment;
  /** @ts-ignore */
  marketplacediscovery: import('@aws-sdk/client-marketplace-discovery').MarketplaceDiscovery;
  /** @ts-ignore */
  marketplaceentitlement: import('@aws-sdk/client-marketplace-entitlement-service').MarketplaceEntitlementService;
  /** @ts-ignore */
  marketplacemetering: import('@aws-sdk/client-marketplace-metering').MarketplaceMetering;
  /** @ts-ignore */
  marketplacereporting: import('@aws-sdk/client-marketplace-reporting').MarketplaceReporting;
  /** @ts-ignore */
  mediaconnect: import('@aws-sdk/client-mediaconnect').MediaConnect;
  /** @ts-ignore */
  mediaconvert: import('@aws-sdk/client-mediaconvert').MediaConvert;
  /** @ts-ignore */
  medialive: import('@aws-sdk/client-medialive').MediaLive;
  /** @ts-ignore */
  mediapackage: import('@aws-sdk/client-mediapackage').MediaPackage;
  /** @ts-ignore */
  mediapackagev2: import('@aws-sdk/client-mediapackagev2').MediaPackageV2;
  /** @ts-ignore */
  mediapackagevod: import('@aws-sdk/client-mediapackage-vod').MediaPackageVod;
  /** @ts-ignore */
  mediastore: import('@aws-sdk/client-mediastore').MediaStore;
  /** @ts-ignore */
  mediastoredata: import('@aws-sdk/client-mediastore-data').MediaStoreData;
  /** @ts-ignore */
  mediatailor: import('@aws-sdk/client-mediatailor').MediaTailor;
  /** @ts-ignore */
  medicalimaging: import('@aws-sdk/client-medical-imaging').MedicalImaging;
  /** @ts-ignore */
  memorydb: import('@aws-sdk/client-memorydb').MemoryDB;
  /** @ts-ignore */
  mgn: import('@aws-sdk/client-mgn').Mgn;
  /** @ts-ignore */
  migrationhub: import('@aws-sdk/client-migration-hub').MigrationHub;
  /** @ts-ignore */
  migrationhubconfig: import('@aws-sdk/client-migrationhub-config').MigrationHubConfig;
  /** @ts-ignore */
  migrationhuborchestrator: import('@aws-sdk/client-migrationhuborchestrator').MigrationHubOrchestrator;
  /** @ts-ignore */
  migrationhubrefactorspaces: import('@aws-sdk/client-migration-hub-refactor-spaces').MigrationHubRefactorSpaces;
  /** @ts-ignore */
  migrationhubstrategy: import('@aws-sdk/client-migrationhubstrategy').MigrationHubStrategy;
  /** @ts-ignore */
  mpa: import('@aws-sdk/client-mpa').MPA;
  /** @ts-ignore */
  mq: import('@aws-sdk/client-mq').Mq;
  /** @ts-ignore */
  mturk: import('@aws-sdk/client-mturk').MTurk;
  /** @ts-ignore */
  mwaa: import('@aws-sdk/client-mwaa').MWAA;
  /** @ts-ignore */
  mwaaserverless: import('@aws-sdk/client-mwaa-serverless').MWAAServerless;
  /** @ts-ignore */
  neptune: import('@aws-sdk/client-neptune').Neptune;
  /** @ts-ignore */
  neptunedata: import('@aws-sdk/client-neptunedata').Neptunedata;
  /** @ts-ignore */
  neptunegraph: import('@aws-sdk/client-neptune-graph').NeptuneGraph;
  /** @ts-ignore */
  networkfirewall: import('@aws-sdk/client-network-firewall').NetworkFirewall;
  /** @ts-ignore */
  networkflowmonitor: import('@aws-sdk/client-networkflowmonitor').NetworkFlowMonitor;
  /** @ts-ignore */
  networkmanager: import('@aws-sdk/client-networkmanager').NetworkManager;
  /** @ts-ignore */
  networkmonitor: import('@aws-sdk/client-networkmonitor').NetworkMonitor;
  /** @ts-ignore */
  networksecuritymanager: import('@aws-sdk/client-network-security-manager').NetworkSecurityManager;
  /** @ts-ignore */
  notifications: import('@aws-sdk/client-notifications').Notifications;
  /** @ts-ignore */
  notificationscontacts: import('@aws-sdk/client-notificationscontacts').NotificationsContacts;
  /** @ts-ignore */
  novaact: import('@aws-sdk/client-nova-act').NovaAct;
  /** @ts-ignore */
  oam: import('@aws-sdk/client-oam').OAM;
  /** @ts-ignore */
  observabilityadmin: import('@aws-sdk/client-observabilityadmin').ObservabilityAdmin;
  /** @ts-ignore */
  odb: import('@aws-sdk/client-odb').Odb;
  /** @ts-ignore */
  omics: import('@aws-sdk/client-omics').Omics;
  /** @ts-ignore */
  opensearch: import('@aws-sdk/client-opensearch').OpenSearch;
  /** @ts-ignore */
  opensearchmemory: import('@aws-sdk/client-opensearchmemory').OpenSearchMemory;
  /** @ts-ignore */
  opensearchserverless: import('@aws-sdk/client-opensearchserverless').OpenSearchServerless;
  /** @ts-ignore */
  organizations: import('@aws-sdk/client-organizations').Organizations;
  /** @ts-ignore */
  osis: import('@aws-sdk/client-osis').OSIS;
  /** @ts-ignore */
  outposts: import('@aws-sdk/client-outposts').Outposts;
  /** @ts-ignore */
  partnercentralaccount: import('@aws-sdk/client-partnercentral-account').PartnerCentralAccount;
  /** @ts-ignore */
  partnercentralbenefits: import('@aws-sdk/client-partnercentral-benefits').PartnerCentralBenefits;
  /** @ts-ignore */
  partnercentralchannel: import('@aws-sdk/client-partnercentral-channel').PartnerCentralChannel;
  /** @ts-ignore */
  partnercentralmarketing: import('@aws-sdk/client-partnercentral-marketing').PartnerCentralMarketing;
  /** @ts-ignore */
  partnercentralrevenuemeasurement: import('@aws-sdk/client-partnercentral-revenue-measurement').PartnerCentralRevenueMeasurement;
  /** @ts-ignore */
  partnercentralselling: import('@aws-sdk/client-partnercentral-selling').PartnerCentralSelling;
  /** @ts-ignore */
  paymentcryptography: import('@aws-sdk/client-payment-cryptography').PaymentCryptography;
  /** @ts-ignore */
  paymentcryptographydata: import('@aws-sdk/client-payment-cryptography-data').PaymentCryptographyData;
  /** @ts-ignore */
  payments: import('@aws-sdk/client-payments').Payments;
  /** @ts-ignore */
  pcaconnectorad: import('@aws-sdk/client-pca-connector-ad').PcaConnectorAd;
  /** @ts-ignore */
  pcaconnectorscep: import('@aws-sdk/client-pca-connector-scep').PcaConnectorScep;
  /** @ts-ignore */
  pcs: import('@aws-sdk/client-pcs').PCS;
  /** @ts-ignore */
  personalize: import('@aws-sdk/client-personalize').Personalize;
  /** @ts-ignore */
  personalizeevents: import('@aws-sdk/client-personalize-events').PersonalizeEvents;
  /** @ts-ignore */
  personalizeruntime: import('@aws-sdk/client-personalize-runtime').PersonalizeRuntime;
  /** @ts-ignore */
  pi: import('@aws-sdk/client-pi').PI;
  /** @ts-ignore */
  pinpoint: import('@aws-sdk/client-pinpoint').Pinpoint;
  /** @ts-ignore */
  pinpointemail: import('@aws-sdk/client-pinpoint-email').PinpointEmail;
  /** @ts-ignore */
  pinpointsmsvoice: import('@aws-sdk/client-pinpoint-sms-voice').PinpointSMSVoice;
  /** @ts-ignore */
  pinpointsmsvoice: import('@aws-sdk/client-pinpoint-sms-voice').PinpointSMSVoice;
  /** @ts-ignore */
  pinpointsmsvoicev2: import('@aws-sdk/client-pinpoint-sms-voice-v2').PinpointSMSVoiceV2;
  /** @ts-ignore */
  pipes: import('@aws-sdk/client-pipes').Pipes;
  /** @ts-ignore */
  polly: import('@aws-sdk/client-polly').Polly;
  /** @ts-ignore */
  pricing: import('@aws-sdk/client-pricing').Pricing;
  /** @ts-ignore */
  pricingplanmanager: import('@aws-sdk/client-pricing-plan-manager').PricingPlanManager;
  /** @ts-ignore */
  proton: import('@aws-sdk/client-proton').Proton;
  /** @ts-ignore */
  qapps: import('@aws-sdk/client-qapps').QApps;
  /** @ts-ignore */
  qbusiness: import('@aws-sdk/client-qbusiness').QBusiness;
  /** @ts-ignore */
  qconnect: import('@aws-sdk/client-qconnect').QConnect;
  /** @ts-ignore */
  quicksight: import('@aws-sdk/client-quicksight').QuickSight;
  /** @ts-ignore */
  ram: import('@aws-sdk/client-ram').RAM;
  /** @ts-ignore */
  rbin: import('@aws-sdk/client-rbin').Rbin;
  /** @ts-ignore */
  rds: import('@aws-sdk/client-rds').RDS;
  /** @ts-ignore */
  rdsdata: import('@aws-sdk/client-rds-data').RDSData;
  /** @ts-ignore */
  redshift: import('@aws-sdk/client-redshift').Redshift;
  /** @ts-ignore */
  redshiftdata: import('@aws-sdk/client-redshift-data').RedshiftData;
  /** @ts-ignore */
  redshiftserverless: import('@aws-sdk/client-redshift-serverless').RedshiftServerless;
  /** @ts-ignore */
  rekognition: import('@aws-sdk/client-rekognition').Rekognition;
  /** @ts-ignore */
  repostspace: import('@aws-sdk/client-repostspace').Repostspace;
  /** @ts-ignore */
  resiliencehub: import('@aws-sdk/client-resiliencehub').Resiliencehub;
  /** @ts-ignore */
  resiliencehubv2: import('@aws-sdk/client-resiliencehubv2').Resiliencehubv2;
  /** @ts-ignore */
  resourceexplorer2: import('@aws-sdk/client-resource-explorer-2').ResourceExplorer2;
  /** @ts-ignore */
  resourcegroups: import('@aws-sdk/client-resource-groups').ResourceGroups;
  /** @ts-ignore */
  resourcegroupstaggingapi: import('@aws-sdk/client-resource-groups-tagging-api').ResourceGroupsTaggingAPI;
  /** @ts-ignore */
  rolesanywhere: import('@aws-sdk/client-rolesanywhere').RolesAnywhere;
  /** @ts-ignore */
  route53: import('@aws-sdk/client-route-53').Route53;
  /** @ts-ignore */
  route53domains: import('@aws-sdk/client-route-53-domains').Route53Domains;
  /** @ts-ignore */
  route53globalresolver: import('@aws-sdk/client-route53globalresolver').Route53GlobalResolver;
  /** @ts-ignore */
  route53profiles: import('@aws-sdk/client-route53profiles').Route53Profiles;
  /** @ts-ignore */
  route53recoverycluster: import('@aws-sdk/client-route53-recovery-cluster').Route53RecoveryCluster;
  /** @ts-ignore */
  route53recoverycontrolconfig: import('@aws-sdk/client-route53-recovery-control-config').Route53RecoveryControlConfig;
  /** @ts-ignore */
  route53recoveryreadiness: import('@aws-sdk/client-route53-recovery-readiness').Route53RecoveryReadiness;
  /** @ts-ignore */
  route53resolver: import('@aws-sdk/client-route53resolver').Route53Resolver;
  /** @ts-ignore */
  rtbfabric: import('@aws-sdk/client-rtbfabric').RTBFabric;
  /** @ts-ignore */
  rum: import('@aws-sdk/client-rum').RUM;
  /** @ts-ignore */
  s3: import('@aws-sdk/client-s3').S3;
  /** @ts-ignore */
  s3control: import('@aws-sdk/client-s3-control').S3Control;
  /** @ts-ignore */
  s3files: import('@aws-sdk/client-s3files').S3Files;
  /** @ts-ignore */
  s3outposts: import('@aws-sdk/client-s3outposts').S3Outposts;
  /** @ts-ignore */
  s3tables: import('@aws-sdk/client-s3tables').S3Tables;
  /** @ts-ignore */
  s3vectors: import('@aws-sdk/client-s3vectors').S3Vectors;
  /** @ts-ignore */
  sagemaker: import('@aws-sdk/client-sagemaker').SageMaker;
  /** @ts-ignore */
  sagemakera2iruntime: import('@aws-sdk/client-sagemaker-a2i-runtime').SageMakerA2IRuntime;
  /** @ts-ignore */
  sagemakeredge: import('@aws-sdk/client-sagemaker-edge').SagemakerEdge;
  /** @ts-ignore */
  sagemakerfeaturestoreruntime: import('@aws-sdk/client-sagemaker-featurestore-runtime').SageMakerFeatureStoreRuntime;
  /** @ts-ignore */
  sagemakergatewayruntime: import('@aws-sdk/client-sagemaker-gateway-runtime').SageMakerGatewayRuntime;
  /** @ts-ignore */
  sagemakergeospatial: import('@aws-sdk/client-sagemaker-geospatial').SageMakerGeospatial;
  /** @ts-ignore */
  sagemakerinferencerouterruntime: import('@aws-sdk/client-sagemaker-inference-router-runtime').SageMakerInferenceRouterRuntime;
  /** @ts-ignore */
  sagemakerjobruntime: import('@aws-sdk/client-sagemakerjobruntime').SagemakerJobRuntime;
  /** @ts-ignore */
  sagemakermetrics: import('@aws-sdk/client-sagemaker-metrics').SageMakerMetrics;
  /** @ts-ignore */
  sagemakerruntime: import('@aws-sdk/client-sagemaker-runtime').SageMakerRuntime;
  /** @ts-ignore */
  sagemakertrainingsessionruntime: import('@aws-sdk/client-sagemakertrainingsessionruntime').SageMakerTrainingSessionRuntime;
  /** @ts-ignore */
  savingsplans: import('@aws-sdk/client-savingsplans').Savingsplans;
  /** @ts-ignore */
  scheduler: import('@aws-sdk/client-scheduler').Scheduler;
  /** @ts-ignore */
  schemas: import('@aws-sdk/client-schemas').Schemas;
  /** @ts-ignore */
  secretsmanager: import('@aws-sdk/client-secrets-manager').SecretsManager;
  /** @ts-ignore */
  securityagent: import('@aws-sdk/client-securityagent').SecurityAgent;
  /** @ts-ignore */
  securityhub: import('@aws-sdk/client-securityhub').SecurityHub;
  /** @ts-ignore */
  securityir: import('@aws-sdk/client-security-ir').SecurityIR;
  /** @ts-ignore */
  securitylake: import('@aws-sdk/client-securitylake').SecurityLake;
  /** @ts-ignore */
  serverlessapplicationrepository: import('@aws-sdk/client-serverlessapplicationrepository').ServerlessApplicationRepository;
  /** @ts-ignore */
  servicecatalog: import('@aws-sdk/client-service-catalog').ServiceCatalog;
  /** @ts-ignore */
  servicecatalogappregistry: import('@aws-sdk/client-service-catalog-appregistry').ServiceCatalogAppRegistry;
  /** @ts-ignore */
  servicediscovery: import('@aws-sdk/client-servicediscovery').ServiceDiscovery;
  /** @ts-ignore */
  servicequotas: import('@aws-sdk/client-service-quotas').ServiceQuotas;
  /** @ts-ignore */
  ses: import('@aws-sdk/client-ses').SES;
  /** @ts-ignore */
  sesv2: import('@aws-sdk/client-sesv2').SESv2;
  /** @ts-ignore */
  sfn: import('@aws-sdk/client-sfn').SFN;
  /** @ts-ignore */
  shield: import('@aws-sdk/client-shield').Shield;
  /** @ts-ignore */
  signer: import('@aws-sdk/client-signer').Signer;
  /** @ts-ignore */
  signerdata: import('@aws-sdk/client-signer-data').SignerData;
  /** @ts-ignore */
  signin: import('@aws-sdk/client-signin').Signin;
  /** @ts-ignore */
  simpledb: import('@aws-sdk/client-simpledb').SimpleDB;
  /** @ts-ignore */
  simpledbv2: import('@aws-sdk/client-simpledbv2').SimpleDBv2;
  /** @ts-ignore */
  snowball: import('@aws-sdk/client-snowball').Snowball;
  /** @ts-ignore */
  snowdevicemanagement: import('@aws-sdk/client-snow-device-management').SnowDeviceManagement;
  /** @ts-ignore */
  sns: import('@aws-sdk/client-sns').SNS;
  /** @ts-ignore */
  socialmessaging: import('@aws-sdk/client-socialmessaging').SocialMessaging;
  /** @ts-ignore */
  sqs: import('@aws-sdk/client-sqs').SQS;
  /** @ts-ignore */
  ssm: import('@aws-sdk/client-ssm').SSM;
  /** @ts-ignore */
  ssmcontacts: import('@aws-sdk/client-ssm-contacts').SSMContacts;
  /** @ts-ignore */
  ssmguiconnect: import('@aws-sdk/client-ssm-guiconnect').SSMGuiConnect;
  /** @ts-ignore */
  ssmincidents: import('@aws-sdk/client-ssm-incidents').SSMIncidents;
  /** @ts-ignore */
  ssmquicksetup: import('@aws-sdk/client-ssm-quicksetup').SSMQuickSetup;
  /** @ts-ignore */
  ssmsap: import('@aws-sdk/client-ssm-sap').SsmSap;
  /** @ts-ignore */
  sso: import('@aws-sdk/client-sso').SSO;
  /** @ts-ignore */
  ssoadmin: import('@aws-sdk/client-sso-admin').SSOAdmin;
  /** @ts-ignore */
  ssooidc: import('@aws-sdk/client-sso-oidc').SSOOIDC;
  /** @ts-ignore */
  storagegateway: import('@aws-sdk/client-storage-gateway').StorageGateway;
  /** @ts-ignore */
  sts: import('@aws-sdk/client-sts').STS;
  /** @ts-ignore */
  supplychain: import('@aws-sdk/client-supplychain').SupplyChain;
  /** @ts-ignore */
  support: import('@aws-sdk/client-support').Support;
  /** @ts-ignore */
  supportapp: import('@aws-sdk/client-support-app').SupportApp;
  /** @ts-ignore */
  supportauthz: import('@aws-sdk/client-supportauthz').SupportAuthZ;
  /** @ts-ignore */
  sustainability: import('@aws-sdk/client-sustainability').Sustainability;
  /** @ts-ignore */
  swf: import('@aws-sdk/client-swf').SWF;
  /** @ts-ignore */
  synthetics: import('@aws-sdk/client-synthetics').Synthetics;
  /** @ts-ignore */
  taxsettings: import('@aws-sdk/client-taxsettings').TaxSettings;
  /** @ts-ignore */
  textract: import('@aws-sdk/client-textract').Textract;
  /** @ts-ignore */
  timestreaminfluxdb: import('@aws-sdk/client-timestream-influxdb').TimestreamInfluxDB;
  /** @ts-ignore */
  timestreamquery: import('@aws-sdk/client-timestream-query').TimestreamQuery;
  /** @ts-ignore */
  timestreamwrite: import('@aws-sdk/client-timestream-write').TimestreamWrite;
  /** @ts-ignore */
  transcribe: import('@aws-sdk/client-transcribe').Transcribe;
  /** @ts-ignore */
  transfer: import('@aws-sdk/client-transfer').Transfer;
  /** @ts-ignore */
  translate: import('@aws-sdk/client-translate').Translate;
  /** @ts-ignore */
  trustedadvisor: import('@aws-sdk/client-trustedadvisor').TrustedAdvisor;
  /** @ts-ignore */
  uxc: import('@aws-sdk/client-uxc').Uxc;
  /** @ts-ignore */
  verifiedpermissions: import('@aws-sdk/client-verifiedpermissions').VerifiedPermissions;
  /** @ts-ignore */
  voiceid: import('@aws-sdk/client-voice-id').VoiceID;
  /** @ts-ignore */
  vpclattice: import('@aws-sdk/client-vpc-lattice').VPCLattice;
  /** @ts-ignore */
  waf: import('@aws-sdk/client-waf').WAF;
  /** @ts-ignore */
  wafregional: import('@aws-sdk/client-waf-regional').WAFRegional;
  /** @ts-ignore */
  wafv2: import('@aws-sdk/client-wafv2').WAFV2;
  /** @ts-ignore */
  wellarchitected: import('@aws-sdk/client-wellarchitected').WellArchitected;
  /** @ts-ignore */
  wickr: import('@aws-sdk/client-wickr').Wickr;
  /** @ts-ignore */
  wisdom: import('@aws-sdk/client-wisdom').Wisdom;
  /** @ts-ignore */
  workdocs: import('@aws-sdk/client-workdocs').WorkDocs;
  /** @ts-ignore */
  workmail: import('@aws-sdk/client-workmail').WorkMail;
  /** @ts-ignore */
  workmailmessageflow: import('@aws-sdk/client-workmailmessageflow').WorkMailMessageFlow;
  /** @ts-ignore */
  workspaces: import('@aws-sdk/client-workspaces').WorkSpaces;
  /** @ts-ignore */
  workspacesinstances: import('@aws-sdk/client-workspaces-instances').WorkspacesInstances;
  /** @ts-ignore */
  workspacesthinclient: import('@aws-sdk/client-workspaces-thin-client').WorkSpacesThinClient;
  /** @ts-ignore */
  workspacesweb: import('@aws-sdk/client-workspaces-web').WorkSpacesWeb;
  /** @ts-ignore */
  xray: import('@aws-sdk/client-xray').XRay;
}

// @ts-nocheck
// Made by scripts/generate-asl-schema.ts from asl/validate/schema.ts. Do not edit.
const machine=validate10,schema11={type:"object",properties:{Comment:{type:"string"},StartAt:{type:"string",minLength:1},States:{type:"object",minProperties:1},
QueryLanguage:{enum:["JSONPath","JSONata"]},TimeoutSeconds:{type:"integer",minimum:1,maximum:99999999},Version:{type:"string"}},required:["StartAt","States"],additionalProperties:!1};
function validate10(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(
data)){if(data.StartAt===void 0){const err0={instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"StartAt"},message:"must have requi\
red property 'StartAt'"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.States===void 0){const err1={instancePath,schemaPath:"#/required",keyword:"\
required",params:{missingProperty:"States"},message:"must have required property 'States'"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}for(const key0 in data)
if(!(key0==="Comment"||key0==="StartAt"||key0==="States"||key0==="QueryLanguage"||key0==="TimeoutSeconds"||key0==="Version")){const err2={instancePath,schemaPath:"\
#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err2]:
vErrors.push(err2),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err3={instancePath:instancePath+"/Comment",schemaPath:"#/properties/C\
omment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}if(data.StartAt!==void 0){
let data1=data.StartAt;if(typeof data1=="string"){if(data1.length<1){const err4={instancePath:instancePath+"/StartAt",schemaPath:"#/properties/StartAt/minLength",
keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}else{const err5={
instancePath:instancePath+"/StartAt",schemaPath:"#/properties/StartAt/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=
[err5]:vErrors.push(err5),errors++}}if(data.States!==void 0){let data2=data.States;if(data2&&typeof data2=="object"&&!Array.isArray(data2)){if(Object.keys(data2).
length<1){const err6={instancePath:instancePath+"/States",schemaPath:"#/properties/States/minProperties",keyword:"minProperties",params:{limit:1},message:"must \
NOT have fewer than 1 properties"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}else{const err7={instancePath:instancePath+"/States",schemaPath:"#\
/properties/States/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}if(data.QueryLanguage!==
void 0){let data3=data.QueryLanguage;if(!(data3==="JSONPath"||data3==="JSONata")){const err8={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/propertie\
s/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema11.properties.QueryLanguage.enum},message:"must be equal to one of the allowed values"};vErrors===
null?vErrors=[err8]:vErrors.push(err8),errors++}}if(data.TimeoutSeconds!==void 0){let data4=data.TimeoutSeconds;if(!(typeof data4=="number"&&!(data4%1)&&!isNaN(
data4)&&isFinite(data4))){const err9={instancePath:instancePath+"/TimeoutSeconds",schemaPath:"#/properties/TimeoutSeconds/type",keyword:"type",params:{type:"int\
eger"},message:"must be integer"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}if(typeof data4=="number"&&isFinite(data4)){if(data4>99999999||isNaN(
data4)){const err10={instancePath:instancePath+"/TimeoutSeconds",schemaPath:"#/properties/TimeoutSeconds/maximum",keyword:"maximum",params:{comparison:"<=",limit:99999999},
message:"must be <= 99999999"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}if(data4<1||isNaN(data4)){const err11={instancePath:instancePath+"/Ti\
meoutSeconds",schemaPath:"#/properties/TimeoutSeconds/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=
[err11]:vErrors.push(err11),errors++}}}if(data.Version!==void 0&&typeof data.Version!="string"){const err12={instancePath:instancePath+"/Version",schemaPath:"#/\
properties/Version/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}}else{const err13={
instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err13]:vErrors.push(err13),errors++}return validate10.
errors=vErrors,errors===0}const branch=validate11,schema12={type:"object",properties:{Comment:{type:"string"},StartAt:{type:"string",minLength:1},States:{type:"\
object",minProperties:1}},required:["StartAt","States"],additionalProperties:!1};function validate11(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){
let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.StartAt===void 0){const err0={instancePath,schemaPath:"#/required",keyword:"\
required",params:{missingProperty:"StartAt"},message:"must have required property 'StartAt'"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.
States===void 0){const err1={instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"States"},message:"must have required property 'Sta\
tes'"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}for(const key0 in data)if(!(key0==="Comment"||key0==="StartAt"||key0==="States")){const err2={instancePath,
schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?
vErrors=[err2]:vErrors.push(err2),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err3={instancePath:instancePath+"/Comment",schemaPath:"\
#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}if(data.StartAt!==
void 0){let data1=data.StartAt;if(typeof data1=="string"){if(data1.length<1){const err4={instancePath:instancePath+"/StartAt",schemaPath:"#/properties/StartAt/m\
inLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}else{
const err5={instancePath:instancePath+"/StartAt",schemaPath:"#/properties/StartAt/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===
null?vErrors=[err5]:vErrors.push(err5),errors++}}if(data.States!==void 0){let data2=data.States;if(data2&&typeof data2=="object"&&!Array.isArray(data2)){if(Object.
keys(data2).length<1){const err6={instancePath:instancePath+"/States",schemaPath:"#/properties/States/minProperties",keyword:"minProperties",params:{limit:1},message:"\
must NOT have fewer than 1 properties"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}else{const err7={instancePath:instancePath+"/States",schemaPath:"\
#/properties/States/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}}else{const err8={
instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}return validate11.
errors=vErrors,errors===0}const processor=validate12,schema13={type:"object",properties:{Comment:{type:"string"},StartAt:{type:"string",minLength:1},States:{type:"\
object",minProperties:1},ProcessorConfig:{type:"object",properties:{Mode:{enum:["INLINE","DISTRIBUTED"]},ExecutionType:{enum:["STANDARD","EXPRESS"]}},additionalProperties:!1}},
required:["StartAt","States"],additionalProperties:!1};function validate12(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,
errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.StartAt===void 0){const err0={instancePath,schemaPath:"#/required",keyword:"required",params:{
missingProperty:"StartAt"},message:"must have required property 'StartAt'"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.States===void 0){const err1={
instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"States"},message:"must have required property 'States'"};vErrors===null?vErrors=
[err1]:vErrors.push(err1),errors++}for(const key0 in data)if(!(key0==="Comment"||key0==="StartAt"||key0==="States"||key0==="ProcessorConfig")){const err2={instancePath,
schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?
vErrors=[err2]:vErrors.push(err2),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err3={instancePath:instancePath+"/Comment",schemaPath:"\
#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}if(data.StartAt!==
void 0){let data1=data.StartAt;if(typeof data1=="string"){if(data1.length<1){const err4={instancePath:instancePath+"/StartAt",schemaPath:"#/properties/StartAt/m\
inLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}else{
const err5={instancePath:instancePath+"/StartAt",schemaPath:"#/properties/StartAt/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===
null?vErrors=[err5]:vErrors.push(err5),errors++}}if(data.States!==void 0){let data2=data.States;if(data2&&typeof data2=="object"&&!Array.isArray(data2)){if(Object.
keys(data2).length<1){const err6={instancePath:instancePath+"/States",schemaPath:"#/properties/States/minProperties",keyword:"minProperties",params:{limit:1},message:"\
must NOT have fewer than 1 properties"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}else{const err7={instancePath:instancePath+"/States",schemaPath:"\
#/properties/States/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}if(data.ProcessorConfig!==
void 0){let data3=data.ProcessorConfig;if(data3&&typeof data3=="object"&&!Array.isArray(data3)){for(const key1 in data3)if(!(key1==="Mode"||key1==="ExecutionTyp\
e")){const err8={instancePath:instancePath+"/ProcessorConfig",schemaPath:"#/properties/ProcessorConfig/additionalProperties",keyword:"additionalProperties",params:{
additionalProperty:key1},message:"must NOT have additional properties"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}if(data3.Mode!==void 0){let data4=data3.
Mode;if(!(data4==="INLINE"||data4==="DISTRIBUTED")){const err9={instancePath:instancePath+"/ProcessorConfig/Mode",schemaPath:"#/properties/ProcessorConfig/prope\
rties/Mode/enum",keyword:"enum",params:{allowedValues:schema13.properties.ProcessorConfig.properties.Mode.enum},message:"must be equal to one of the allowed val\
ues"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}}if(data3.ExecutionType!==void 0){let data5=data3.ExecutionType;if(!(data5==="STANDARD"||data5===
"EXPRESS")){const err10={instancePath:instancePath+"/ProcessorConfig/ExecutionType",schemaPath:"#/properties/ProcessorConfig/properties/ExecutionType/enum",keyword:"\
enum",params:{allowedValues:schema13.properties.ProcessorConfig.properties.ExecutionType.enum},message:"must be equal to one of the allowed values"};vErrors===null?
vErrors=[err10]:vErrors.push(err10),errors++}}}else{const err11={instancePath:instancePath+"/ProcessorConfig",schemaPath:"#/properties/ProcessorConfig/type",keyword:"\
type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err11]:vErrors.push(err11),errors++}}}else{const err12={instancePath,schemaPath:"\
#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}return validate12.errors=vErrors,
errors===0}const TaskJSONPath=validate13,schema14={type:"object",properties:{Type:{type:"string"},Comment:{type:"string"},QueryLanguage:{enum:["JSONPath","JSONa\
ta"]},InputPath:{type:["string","null"]},OutputPath:{type:["string","null"]},Output:{},Next:{type:"string",minLength:1},End:{type:"boolean"},Assign:{type:"objec\
t"},Retry:{type:"array"},Catch:{type:"array"},ResultSelector:{type:"object"},ResultPath:{type:["string","null"]},Resource:{type:"string",minLength:1},Parameters:{},
Arguments:{},Credentials:{type:"object"},TimeoutSeconds:{type:"integer",minimum:1,maximum:99999999},TimeoutSecondsPath:{type:"string"},HeartbeatSeconds:{type:"i\
nteger",minimum:1,maximum:99999999},HeartbeatSecondsPath:{type:"string"}},required:["Resource"],additionalProperties:!1},func5=Object.prototype.hasOwnProperty;function validate13(data,{
instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.Resource===
void 0){const err0={instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"Resource"},message:"must have required property 'Resource'"};
vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}for(const key0 in data)if(!func5.call(schema14.properties,key0)){const err1={instancePath,schemaPath:"\
#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err1]:
vErrors.push(err1),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err2={instancePath:instancePath+"/Type",schemaPath:"#/properties/Type/type",
keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.Comment!==void 0&&typeof data.
Comment!="string"){const err3={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must b\
e string"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2==="JSONPath"||data2===
"JSONata")){const err4={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema14.properties.
QueryLanguage.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}if(data.InputPath!==void 0){
let data3=data.InputPath;if(typeof data3!="string"&&data3!==null){const err5={instancePath:instancePath+"/InputPath",schemaPath:"#/properties/InputPath/type",keyword:"\
type",params:{type:schema14.properties.InputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}if(data.OutputPath!==
void 0){let data4=data.OutputPath;if(typeof data4!="string"&&data4!==null){const err6={instancePath:instancePath+"/OutputPath",schemaPath:"#/properties/OutputPa\
th/type",keyword:"type",params:{type:schema14.properties.OutputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}
if(data.Next!==void 0){let data5=data.Next;if(typeof data5=="string"){if(data5.length<1){const err7={instancePath:instancePath+"/Next",schemaPath:"#/properties/\
Next/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}else{
const err8={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?
vErrors=[err8]:vErrors.push(err8),errors++}}if(data.End!==void 0&&typeof data.End!="boolean"){const err9={instancePath:instancePath+"/End",schemaPath:"#/propert\
ies/End/type",keyword:"type",params:{type:"boolean"},message:"must be boolean"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}if(data.Assign!==void 0){
let data7=data.Assign;if(!(data7&&typeof data7=="object"&&!Array.isArray(data7))){const err10={instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assi\
gn/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}}if(data.Retry!==void 0&&!Array.
isArray(data.Retry)){const err11={instancePath:instancePath+"/Retry",schemaPath:"#/properties/Retry/type",keyword:"type",params:{type:"array"},message:"must be \
array"};vErrors===null?vErrors=[err11]:vErrors.push(err11),errors++}if(data.Catch!==void 0&&!Array.isArray(data.Catch)){const err12={instancePath:instancePath+"\
/Catch",schemaPath:"#/properties/Catch/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}
if(data.ResultSelector!==void 0){let data10=data.ResultSelector;if(!(data10&&typeof data10=="object"&&!Array.isArray(data10))){const err13={instancePath:instancePath+
"/ResultSelector",schemaPath:"#/properties/ResultSelector/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err13]:vErrors.
push(err13),errors++}}if(data.ResultPath!==void 0){let data11=data.ResultPath;if(typeof data11!="string"&&data11!==null){const err14={instancePath:instancePath+
"/ResultPath",schemaPath:"#/properties/ResultPath/type",keyword:"type",params:{type:schema14.properties.ResultPath.type},message:"must be string,null"};vErrors===
null?vErrors=[err14]:vErrors.push(err14),errors++}}if(data.Resource!==void 0){let data12=data.Resource;if(typeof data12=="string"){if(data12.length<1){const err15={
instancePath:instancePath+"/Resource",schemaPath:"#/properties/Resource/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 char\
acters"};vErrors===null?vErrors=[err15]:vErrors.push(err15),errors++}}else{const err16={instancePath:instancePath+"/Resource",schemaPath:"#/properties/Resource/\
type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err16]:vErrors.push(err16),errors++}}if(data.Credentials!==void 0){
let data13=data.Credentials;if(!(data13&&typeof data13=="object"&&!Array.isArray(data13))){const err17={instancePath:instancePath+"/Credentials",schemaPath:"#/p\
roperties/Credentials/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err17]:vErrors.push(err17),errors++}}if(data.
TimeoutSeconds!==void 0){let data14=data.TimeoutSeconds;if(!(typeof data14=="number"&&!(data14%1)&&!isNaN(data14)&&isFinite(data14))){const err18={instancePath:instancePath+
"/TimeoutSeconds",schemaPath:"#/properties/TimeoutSeconds/type",keyword:"type",params:{type:"integer"},message:"must be integer"};vErrors===null?vErrors=[err18]:
vErrors.push(err18),errors++}if(typeof data14=="number"&&isFinite(data14)){if(data14>99999999||isNaN(data14)){const err19={instancePath:instancePath+"/TimeoutSe\
conds",schemaPath:"#/properties/TimeoutSeconds/maximum",keyword:"maximum",params:{comparison:"<=",limit:99999999},message:"must be <= 99999999"};vErrors===null?
vErrors=[err19]:vErrors.push(err19),errors++}if(data14<1||isNaN(data14)){const err20={instancePath:instancePath+"/TimeoutSeconds",schemaPath:"#/properties/Timeo\
utSeconds/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=[err20]:vErrors.push(err20),errors++}}}if(data.
TimeoutSecondsPath!==void 0&&typeof data.TimeoutSecondsPath!="string"){const err21={instancePath:instancePath+"/TimeoutSecondsPath",schemaPath:"#/properties/Tim\
eoutSecondsPath/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err21]:vErrors.push(err21),errors++}if(data.HeartbeatSeconds!==
void 0){let data16=data.HeartbeatSeconds;if(!(typeof data16=="number"&&!(data16%1)&&!isNaN(data16)&&isFinite(data16))){const err22={instancePath:instancePath+"/\
HeartbeatSeconds",schemaPath:"#/properties/HeartbeatSeconds/type",keyword:"type",params:{type:"integer"},message:"must be integer"};vErrors===null?vErrors=[err22]:
vErrors.push(err22),errors++}if(typeof data16=="number"&&isFinite(data16)){if(data16>99999999||isNaN(data16)){const err23={instancePath:instancePath+"/Heartbeat\
Seconds",schemaPath:"#/properties/HeartbeatSeconds/maximum",keyword:"maximum",params:{comparison:"<=",limit:99999999},message:"must be <= 99999999"};vErrors===null?
vErrors=[err23]:vErrors.push(err23),errors++}if(data16<1||isNaN(data16)){const err24={instancePath:instancePath+"/HeartbeatSeconds",schemaPath:"#/properties/Hea\
rtbeatSeconds/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=[err24]:vErrors.push(err24),errors++}}}
if(data.HeartbeatSecondsPath!==void 0&&typeof data.HeartbeatSecondsPath!="string"){const err25={instancePath:instancePath+"/HeartbeatSecondsPath",schemaPath:"#/\
properties/HeartbeatSecondsPath/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err25]:vErrors.push(err25),errors++}}else{
const err26={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err26]:vErrors.push(err26),
errors++}return validate13.errors=vErrors,errors===0}const ParallelJSONPath=validate14,schema15={type:"object",properties:{Type:{type:"string"},Comment:{type:"s\
tring"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{type:["string","null"]},OutputPath:{type:["string","null"]},Output:{},Next:{type:"string",minLength:1},
End:{type:"boolean"},Assign:{type:"object"},Retry:{type:"array"},Catch:{type:"array"},ResultSelector:{type:"object"},ResultPath:{type:["string","null"]},Branches:{
type:"array",minItems:1},Parameters:{},Arguments:{}},required:["Branches"],additionalProperties:!1};function validate14(data,{instancePath="",parentData,parentDataProperty,
rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.Branches===void 0){const err0={instancePath,schemaPath:"\
#/required",keyword:"required",params:{missingProperty:"Branches"},message:"must have required property 'Branches'"};vErrors===null?vErrors=[err0]:vErrors.push(
err0),errors++}for(const key0 in data)if(!func5.call(schema15.properties,key0)){const err1={instancePath,schemaPath:"#/additionalProperties",keyword:"additional\
Properties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}if(data.Type!==
void 0&&typeof data.Type!="string"){const err2={instancePath:instancePath+"/Type",schemaPath:"#/properties/Type/type",keyword:"type",params:{type:"string"},message:"\
must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err3={instancePath:instancePath+
"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err3]:vErrors.push(err3),
errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2==="JSONPath"||data2==="JSONata")){const err4={instancePath:instancePath+"/Query\
Language",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema15.properties.QueryLanguage.enum},message:"must be equal to on\
e of the allowed values"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}if(data.InputPath!==void 0){let data3=data.InputPath;if(typeof data3!="stri\
ng"&&data3!==null){const err5={instancePath:instancePath+"/InputPath",schemaPath:"#/properties/InputPath/type",keyword:"type",params:{type:schema15.properties.InputPath.
type},message:"must be string,null"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}if(data.OutputPath!==void 0){let data4=data.OutputPath;if(typeof data4!=
"string"&&data4!==null){const err6={instancePath:instancePath+"/OutputPath",schemaPath:"#/properties/OutputPath/type",keyword:"type",params:{type:schema15.properties.
OutputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}if(data.Next!==void 0){let data5=data.Next;if(typeof data5==
"string"){if(data5.length<1){const err7={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/minLength",keyword:"minLength",params:{limit:1},message:"\
must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}else{const err8={instancePath:instancePath+"/Next",schemaPath:"\
#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}}if(data.End!==
void 0&&typeof data.End!="boolean"){const err9={instancePath:instancePath+"/End",schemaPath:"#/properties/End/type",keyword:"type",params:{type:"boolean"},message:"\
must be boolean"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}if(data.Assign!==void 0){let data7=data.Assign;if(!(data7&&typeof data7=="object"&&!Array.
isArray(data7))){const err10={instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"must be o\
bject"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}}if(data.Retry!==void 0&&!Array.isArray(data.Retry)){const err11={instancePath:instancePath+
"/Retry",schemaPath:"#/properties/Retry/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err11]:vErrors.push(err11),errors++}
if(data.Catch!==void 0&&!Array.isArray(data.Catch)){const err12={instancePath:instancePath+"/Catch",schemaPath:"#/properties/Catch/type",keyword:"type",params:{
type:"array"},message:"must be array"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}if(data.ResultSelector!==void 0){let data10=data.ResultSelector;
if(!(data10&&typeof data10=="object"&&!Array.isArray(data10))){const err13={instancePath:instancePath+"/ResultSelector",schemaPath:"#/properties/ResultSelector/\
type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err13]:vErrors.push(err13),errors++}}if(data.ResultPath!==void 0){
let data11=data.ResultPath;if(typeof data11!="string"&&data11!==null){const err14={instancePath:instancePath+"/ResultPath",schemaPath:"#/properties/ResultPath/t\
ype",keyword:"type",params:{type:schema15.properties.ResultPath.type},message:"must be string,null"};vErrors===null?vErrors=[err14]:vErrors.push(err14),errors++}}
if(data.Branches!==void 0){let data12=data.Branches;if(Array.isArray(data12)){if(data12.length<1){const err15={instancePath:instancePath+"/Branches",schemaPath:"\
#/properties/Branches/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"};vErrors===null?vErrors=[err15]:vErrors.push(err15),
errors++}}else{const err16={instancePath:instancePath+"/Branches",schemaPath:"#/properties/Branches/type",keyword:"type",params:{type:"array"},message:"must be \
array"};vErrors===null?vErrors=[err16]:vErrors.push(err16),errors++}}}else{const err17={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"\
must be object"};vErrors===null?vErrors=[err17]:vErrors.push(err17),errors++}return validate14.errors=vErrors,errors===0}const MapJSONPath=validate15,schema16={
type:"object",properties:{Type:{type:"string"},Comment:{type:"string"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{type:["string","null"]},OutputPath:{
type:["string","null"]},Output:{},Next:{type:"string",minLength:1},End:{type:"boolean"},Assign:{type:"object"},Retry:{type:"array"},Catch:{type:"array"},ResultSelector:{
type:"object"},ResultPath:{type:["string","null"]},ItemProcessor:{type:"object"},Iterator:{type:"object"},Items:{},ItemsPath:{type:"string"},ItemSelector:{},Parameters:{},
MaxConcurrency:{type:"integer",minimum:0},MaxConcurrencyPath:{type:"string"},ItemReader:{type:"object",properties:{Comment:{type:"string"},Resource:{type:"strin\
g",minLength:1},Parameters:{type:"object"},Arguments:{},ReaderConfig:{type:"object",properties:{InputType:{enum:["CSV","JSON","JSONL","PARQUET","MANIFEST"]},Transformation:{
enum:["NONE","LOAD_AND_FLATTEN"]},CSVDelimiter:{enum:["COMMA","PIPE","SEMICOLON","SPACE","TAB"]},ManifestType:{enum:["ATHENA_DATA","S3_INVENTORY"]},CSVHeaderLocation:{
enum:["FIRST_ROW","GIVEN"]},CSVHeaders:{type:"array",items:{type:"string"}},ItemsPointer:{type:"string"},MaxItems:{type:"integer",minimum:0},MaxItemsPath:{type:"\
string"}},required:[],additionalProperties:!1}},required:["Resource"],additionalProperties:!1},ItemBatcher:{type:"object",properties:{Comment:{type:"string"},BatchInput:{
type:"object"},MaxItemsPerBatch:{type:"integer",minimum:1},MaxInputBytesPerBatch:{type:"integer",minimum:1},MaxItemsPerBatchPath:{type:"string"},MaxInputBytesPerBatchPath:{
type:"string"}},required:[],additionalProperties:!1},ResultWriter:{type:"object",properties:{Comment:{type:"string"},Resource:{type:"string",minLength:1},Parameters:{
type:"object"},Arguments:{},WriterConfig:{type:"object",properties:{OutputType:{enum:["JSON","JSONL"]},Transformation:{enum:["NONE","COMPACT","FLATTEN"]}},required:[
"OutputType"],additionalProperties:!1}},required:[],additionalProperties:!1},ToleratedFailureCount:{type:"integer",minimum:0},ToleratedFailureCountPath:{type:"s\
tring"},ToleratedFailurePercentage:{type:"number",minimum:0,maximum:100},ToleratedFailurePercentagePath:{type:"string"},Label:{type:"string"}},required:[],additionalProperties:!1};
function validate15(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(
data)){for(const key0 in data)if(!func5.call(schema16.properties,key0)){const err0={instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperti\
es",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.Type!==void 0&&
typeof data.Type!="string"){const err1={instancePath:instancePath+"/Type",schemaPath:"#/properties/Type/type",keyword:"type",params:{type:"string"},message:"mus\
t be string"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err2={instancePath:instancePath+
"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),
errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2==="JSONPath"||data2==="JSONata")){const err3={instancePath:instancePath+"/Query\
Language",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema16.properties.QueryLanguage.enum},message:"must be equal to on\
e of the allowed values"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}}if(data.InputPath!==void 0){let data3=data.InputPath;if(typeof data3!="stri\
ng"&&data3!==null){const err4={instancePath:instancePath+"/InputPath",schemaPath:"#/properties/InputPath/type",keyword:"type",params:{type:schema16.properties.InputPath.
type},message:"must be string,null"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}if(data.OutputPath!==void 0){let data4=data.OutputPath;if(typeof data4!=
"string"&&data4!==null){const err5={instancePath:instancePath+"/OutputPath",schemaPath:"#/properties/OutputPath/type",keyword:"type",params:{type:schema16.properties.
OutputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}if(data.Next!==void 0){let data5=data.Next;if(typeof data5==
"string"){if(data5.length<1){const err6={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/minLength",keyword:"minLength",params:{limit:1},message:"\
must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}else{const err7={instancePath:instancePath+"/Next",schemaPath:"\
#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}if(data.End!==
void 0&&typeof data.End!="boolean"){const err8={instancePath:instancePath+"/End",schemaPath:"#/properties/End/type",keyword:"type",params:{type:"boolean"},message:"\
must be boolean"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}if(data.Assign!==void 0){let data7=data.Assign;if(!(data7&&typeof data7=="object"&&!Array.
isArray(data7))){const err9={instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"must be ob\
ject"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}}if(data.Retry!==void 0&&!Array.isArray(data.Retry)){const err10={instancePath:instancePath+"/R\
etry",schemaPath:"#/properties/Retry/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}
if(data.Catch!==void 0&&!Array.isArray(data.Catch)){const err11={instancePath:instancePath+"/Catch",schemaPath:"#/properties/Catch/type",keyword:"type",params:{
type:"array"},message:"must be array"};vErrors===null?vErrors=[err11]:vErrors.push(err11),errors++}if(data.ResultSelector!==void 0){let data10=data.ResultSelector;
if(!(data10&&typeof data10=="object"&&!Array.isArray(data10))){const err12={instancePath:instancePath+"/ResultSelector",schemaPath:"#/properties/ResultSelector/\
type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}}if(data.ResultPath!==void 0){
let data11=data.ResultPath;if(typeof data11!="string"&&data11!==null){const err13={instancePath:instancePath+"/ResultPath",schemaPath:"#/properties/ResultPath/t\
ype",keyword:"type",params:{type:schema16.properties.ResultPath.type},message:"must be string,null"};vErrors===null?vErrors=[err13]:vErrors.push(err13),errors++}}
if(data.ItemProcessor!==void 0){let data12=data.ItemProcessor;if(!(data12&&typeof data12=="object"&&!Array.isArray(data12))){const err14={instancePath:instancePath+
"/ItemProcessor",schemaPath:"#/properties/ItemProcessor/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err14]:vErrors.
push(err14),errors++}}if(data.Iterator!==void 0){let data13=data.Iterator;if(!(data13&&typeof data13=="object"&&!Array.isArray(data13))){const err15={instancePath:instancePath+
"/Iterator",schemaPath:"#/properties/Iterator/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err15]:vErrors.push(
err15),errors++}}if(data.ItemsPath!==void 0&&typeof data.ItemsPath!="string"){const err16={instancePath:instancePath+"/ItemsPath",schemaPath:"#/properties/Items\
Path/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err16]:vErrors.push(err16),errors++}if(data.MaxConcurrency!==
void 0){let data15=data.MaxConcurrency;if(!(typeof data15=="number"&&!(data15%1)&&!isNaN(data15)&&isFinite(data15))){const err17={instancePath:instancePath+"/Ma\
xConcurrency",schemaPath:"#/properties/MaxConcurrency/type",keyword:"type",params:{type:"integer"},message:"must be integer"};vErrors===null?vErrors=[err17]:vErrors.
push(err17),errors++}if(typeof data15=="number"&&isFinite(data15)&&(data15<0||isNaN(data15))){const err18={instancePath:instancePath+"/MaxConcurrency",schemaPath:"\
#/properties/MaxConcurrency/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};vErrors===null?vErrors=[err18]:vErrors.push(err18),
errors++}}if(data.MaxConcurrencyPath!==void 0&&typeof data.MaxConcurrencyPath!="string"){const err19={instancePath:instancePath+"/MaxConcurrencyPath",schemaPath:"\
#/properties/MaxConcurrencyPath/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err19]:vErrors.push(err19),errors++}
if(data.ItemReader!==void 0){let data17=data.ItemReader;if(data17&&typeof data17=="object"&&!Array.isArray(data17)){if(data17.Resource===void 0){const err20={instancePath:instancePath+
"/ItemReader",schemaPath:"#/properties/ItemReader/required",keyword:"required",params:{missingProperty:"Resource"},message:"must have required property 'Resourc\
e'"};vErrors===null?vErrors=[err20]:vErrors.push(err20),errors++}for(const key1 in data17)if(!(key1==="Comment"||key1==="Resource"||key1==="Parameters"||key1===
"Arguments"||key1==="ReaderConfig")){const err21={instancePath:instancePath+"/ItemReader",schemaPath:"#/properties/ItemReader/additionalProperties",keyword:"add\
itionalProperties",params:{additionalProperty:key1},message:"must NOT have additional properties"};vErrors===null?vErrors=[err21]:vErrors.push(err21),errors++}if(data17.
Comment!==void 0&&typeof data17.Comment!="string"){const err22={instancePath:instancePath+"/ItemReader/Comment",schemaPath:"#/properties/ItemReader/properties/C\
omment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err22]:vErrors.push(err22),errors++}if(data17.Resource!==void 0){
let data19=data17.Resource;if(typeof data19=="string"){if(data19.length<1){const err23={instancePath:instancePath+"/ItemReader/Resource",schemaPath:"#/propertie\
s/ItemReader/properties/Resource/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err23]:
vErrors.push(err23),errors++}}else{const err24={instancePath:instancePath+"/ItemReader/Resource",schemaPath:"#/properties/ItemReader/properties/Resource/type",keyword:"\
type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err24]:vErrors.push(err24),errors++}}if(data17.Parameters!==void 0){let data20=data17.
Parameters;if(!(data20&&typeof data20=="object"&&!Array.isArray(data20))){const err25={instancePath:instancePath+"/ItemReader/Parameters",schemaPath:"#/properti\
es/ItemReader/properties/Parameters/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err25]:vErrors.push(err25),errors++}}
if(data17.ReaderConfig!==void 0){let data21=data17.ReaderConfig;if(data21&&typeof data21=="object"&&!Array.isArray(data21)){for(const key2 in data21)if(!func5.call(
schema16.properties.ItemReader.properties.ReaderConfig.properties,key2)){const err26={instancePath:instancePath+"/ItemReader/ReaderConfig",schemaPath:"#/propert\
ies/ItemReader/properties/ReaderConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key2},message:"must NOT have additional p\
roperties"};vErrors===null?vErrors=[err26]:vErrors.push(err26),errors++}if(data21.InputType!==void 0){let data22=data21.InputType;if(!(data22==="CSV"||data22===
"JSON"||data22==="JSONL"||data22==="PARQUET"||data22==="MANIFEST")){const err27={instancePath:instancePath+"/ItemReader/ReaderConfig/InputType",schemaPath:"#/pr\
operties/ItemReader/properties/ReaderConfig/properties/InputType/enum",keyword:"enum",params:{allowedValues:schema16.properties.ItemReader.properties.ReaderConfig.
properties.InputType.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err27]:vErrors.push(err27),errors++}}if(data21.Transformation!==
void 0){let data23=data21.Transformation;if(!(data23==="NONE"||data23==="LOAD_AND_FLATTEN")){const err28={instancePath:instancePath+"/ItemReader/ReaderConfig/Tr\
ansformation",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/Transformation/enum",keyword:"enum",params:{allowedValues:schema16.properties.
ItemReader.properties.ReaderConfig.properties.Transformation.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err28]:vErrors.
push(err28),errors++}}if(data21.CSVDelimiter!==void 0){let data24=data21.CSVDelimiter;if(!(data24==="COMMA"||data24==="PIPE"||data24==="SEMICOLON"||data24==="SP\
ACE"||data24==="TAB")){const err29={instancePath:instancePath+"/ItemReader/ReaderConfig/CSVDelimiter",schemaPath:"#/properties/ItemReader/properties/ReaderConfi\
g/properties/CSVDelimiter/enum",keyword:"enum",params:{allowedValues:schema16.properties.ItemReader.properties.ReaderConfig.properties.CSVDelimiter.enum},message:"\
must be equal to one of the allowed values"};vErrors===null?vErrors=[err29]:vErrors.push(err29),errors++}}if(data21.ManifestType!==void 0){let data25=data21.ManifestType;
if(!(data25==="ATHENA_DATA"||data25==="S3_INVENTORY")){const err30={instancePath:instancePath+"/ItemReader/ReaderConfig/ManifestType",schemaPath:"#/properties/I\
temReader/properties/ReaderConfig/properties/ManifestType/enum",keyword:"enum",params:{allowedValues:schema16.properties.ItemReader.properties.ReaderConfig.properties.
ManifestType.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err30]:vErrors.push(err30),errors++}}if(data21.CSVHeaderLocation!==
void 0){let data26=data21.CSVHeaderLocation;if(!(data26==="FIRST_ROW"||data26==="GIVEN")){const err31={instancePath:instancePath+"/ItemReader/ReaderConfig/CSVHe\
aderLocation",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/CSVHeaderLocation/enum",keyword:"enum",params:{allowedValues:schema16.properties.
ItemReader.properties.ReaderConfig.properties.CSVHeaderLocation.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err31]:vErrors.
push(err31),errors++}}if(data21.CSVHeaders!==void 0){let data27=data21.CSVHeaders;if(Array.isArray(data27)){const len0=data27.length;for(let i0=0;i0<len0;i0++)if(typeof data27[i0]!=
"string"){const err32={instancePath:instancePath+"/ItemReader/ReaderConfig/CSVHeaders/"+i0,schemaPath:"#/properties/ItemReader/properties/ReaderConfig/propertie\
s/CSVHeaders/items/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err32]:vErrors.push(err32),errors++}}else{const err33={
instancePath:instancePath+"/ItemReader/ReaderConfig/CSVHeaders",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/CSVHeaders/type",keyword:"\
type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err33]:vErrors.push(err33),errors++}}if(data21.ItemsPointer!==void 0&&typeof data21.
ItemsPointer!="string"){const err34={instancePath:instancePath+"/ItemReader/ReaderConfig/ItemsPointer",schemaPath:"#/properties/ItemReader/properties/ReaderConf\
ig/properties/ItemsPointer/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err34]:vErrors.push(err34),errors++}if(data21.
MaxItems!==void 0){let data30=data21.MaxItems;if(!(typeof data30=="number"&&!(data30%1)&&!isNaN(data30)&&isFinite(data30))){const err35={instancePath:instancePath+
"/ItemReader/ReaderConfig/MaxItems",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/MaxItems/type",keyword:"type",params:{type:"integer"},
message:"must be integer"};vErrors===null?vErrors=[err35]:vErrors.push(err35),errors++}if(typeof data30=="number"&&isFinite(data30)&&(data30<0||isNaN(data30))){
const err36={instancePath:instancePath+"/ItemReader/ReaderConfig/MaxItems",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/MaxItems/minim\
um",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};vErrors===null?vErrors=[err36]:vErrors.push(err36),errors++}}if(data21.MaxItemsPath!==
void 0&&typeof data21.MaxItemsPath!="string"){const err37={instancePath:instancePath+"/ItemReader/ReaderConfig/MaxItemsPath",schemaPath:"#/properties/ItemReader\
/properties/ReaderConfig/properties/MaxItemsPath/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err37]:vErrors.push(
err37),errors++}}else{const err38={instancePath:instancePath+"/ItemReader/ReaderConfig",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/type",keyword:"\
type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err38]:vErrors.push(err38),errors++}}}else{const err39={instancePath:instancePath+
"/ItemReader",schemaPath:"#/properties/ItemReader/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err39]:vErrors.push(
err39),errors++}}if(data.ItemBatcher!==void 0){let data32=data.ItemBatcher;if(data32&&typeof data32=="object"&&!Array.isArray(data32)){for(const key3 in data32)
if(!(key3==="Comment"||key3==="BatchInput"||key3==="MaxItemsPerBatch"||key3==="MaxInputBytesPerBatch"||key3==="MaxItemsPerBatchPath"||key3==="MaxInputBytesPerBa\
tchPath")){const err40={instancePath:instancePath+"/ItemBatcher",schemaPath:"#/properties/ItemBatcher/additionalProperties",keyword:"additionalProperties",params:{
additionalProperty:key3},message:"must NOT have additional properties"};vErrors===null?vErrors=[err40]:vErrors.push(err40),errors++}if(data32.Comment!==void 0&&
typeof data32.Comment!="string"){const err41={instancePath:instancePath+"/ItemBatcher/Comment",schemaPath:"#/properties/ItemBatcher/properties/Comment/type",keyword:"\
type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err41]:vErrors.push(err41),errors++}if(data32.BatchInput!==void 0){let data34=data32.
BatchInput;if(!(data34&&typeof data34=="object"&&!Array.isArray(data34))){const err42={instancePath:instancePath+"/ItemBatcher/BatchInput",schemaPath:"#/propert\
ies/ItemBatcher/properties/BatchInput/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err42]:vErrors.push(err42),errors++}}
if(data32.MaxItemsPerBatch!==void 0){let data35=data32.MaxItemsPerBatch;if(!(typeof data35=="number"&&!(data35%1)&&!isNaN(data35)&&isFinite(data35))){const err43={
instancePath:instancePath+"/ItemBatcher/MaxItemsPerBatch",schemaPath:"#/properties/ItemBatcher/properties/MaxItemsPerBatch/type",keyword:"type",params:{type:"in\
teger"},message:"must be integer"};vErrors===null?vErrors=[err43]:vErrors.push(err43),errors++}if(typeof data35=="number"&&isFinite(data35)&&(data35<1||isNaN(data35))){
const err44={instancePath:instancePath+"/ItemBatcher/MaxItemsPerBatch",schemaPath:"#/properties/ItemBatcher/properties/MaxItemsPerBatch/minimum",keyword:"minimu\
m",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=[err44]:vErrors.push(err44),errors++}}if(data32.MaxInputBytesPerBatch!==void 0){
let data36=data32.MaxInputBytesPerBatch;if(!(typeof data36=="number"&&!(data36%1)&&!isNaN(data36)&&isFinite(data36))){const err45={instancePath:instancePath+"/I\
temBatcher/MaxInputBytesPerBatch",schemaPath:"#/properties/ItemBatcher/properties/MaxInputBytesPerBatch/type",keyword:"type",params:{type:"integer"},message:"mu\
st be integer"};vErrors===null?vErrors=[err45]:vErrors.push(err45),errors++}if(typeof data36=="number"&&isFinite(data36)&&(data36<1||isNaN(data36))){const err46={
instancePath:instancePath+"/ItemBatcher/MaxInputBytesPerBatch",schemaPath:"#/properties/ItemBatcher/properties/MaxInputBytesPerBatch/minimum",keyword:"minimum",
params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=[err46]:vErrors.push(err46),errors++}}if(data32.MaxItemsPerBatchPath!==void 0&&typeof data32.
MaxItemsPerBatchPath!="string"){const err47={instancePath:instancePath+"/ItemBatcher/MaxItemsPerBatchPath",schemaPath:"#/properties/ItemBatcher/properties/MaxIt\
emsPerBatchPath/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err47]:vErrors.push(err47),errors++}if(data32.MaxInputBytesPerBatchPath!==
void 0&&typeof data32.MaxInputBytesPerBatchPath!="string"){const err48={instancePath:instancePath+"/ItemBatcher/MaxInputBytesPerBatchPath",schemaPath:"#/propert\
ies/ItemBatcher/properties/MaxInputBytesPerBatchPath/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err48]:vErrors.
push(err48),errors++}}else{const err49={instancePath:instancePath+"/ItemBatcher",schemaPath:"#/properties/ItemBatcher/type",keyword:"type",params:{type:"object"},
message:"must be object"};vErrors===null?vErrors=[err49]:vErrors.push(err49),errors++}}if(data.ResultWriter!==void 0){let data39=data.ResultWriter;if(data39&&typeof data39==
"object"&&!Array.isArray(data39)){for(const key4 in data39)if(!(key4==="Comment"||key4==="Resource"||key4==="Parameters"||key4==="Arguments"||key4==="WriterConf\
ig")){const err50={instancePath:instancePath+"/ResultWriter",schemaPath:"#/properties/ResultWriter/additionalProperties",keyword:"additionalProperties",params:{
additionalProperty:key4},message:"must NOT have additional properties"};vErrors===null?vErrors=[err50]:vErrors.push(err50),errors++}if(data39.Comment!==void 0&&
typeof data39.Comment!="string"){const err51={instancePath:instancePath+"/ResultWriter/Comment",schemaPath:"#/properties/ResultWriter/properties/Comment/type",keyword:"\
type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err51]:vErrors.push(err51),errors++}if(data39.Resource!==void 0){let data41=data39.
Resource;if(typeof data41=="string"){if(data41.length<1){const err52={instancePath:instancePath+"/ResultWriter/Resource",schemaPath:"#/properties/ResultWriter/p\
roperties/Resource/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err52]:vErrors.push(
err52),errors++}}else{const err53={instancePath:instancePath+"/ResultWriter/Resource",schemaPath:"#/properties/ResultWriter/properties/Resource/type",keyword:"t\
ype",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err53]:vErrors.push(err53),errors++}}if(data39.Parameters!==void 0){let data42=data39.
Parameters;if(!(data42&&typeof data42=="object"&&!Array.isArray(data42))){const err54={instancePath:instancePath+"/ResultWriter/Parameters",schemaPath:"#/proper\
ties/ResultWriter/properties/Parameters/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err54]:vErrors.push(err54),
errors++}}if(data39.WriterConfig!==void 0){let data43=data39.WriterConfig;if(data43&&typeof data43=="object"&&!Array.isArray(data43)){if(data43.OutputType===void 0){
const err55={instancePath:instancePath+"/ResultWriter/WriterConfig",schemaPath:"#/properties/ResultWriter/properties/WriterConfig/required",keyword:"required",params:{
missingProperty:"OutputType"},message:"must have required property 'OutputType'"};vErrors===null?vErrors=[err55]:vErrors.push(err55),errors++}for(const key5 in data43)
if(!(key5==="OutputType"||key5==="Transformation")){const err56={instancePath:instancePath+"/ResultWriter/WriterConfig",schemaPath:"#/properties/ResultWriter/pr\
operties/WriterConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key5},message:"must NOT have additional properties"};vErrors===
null?vErrors=[err56]:vErrors.push(err56),errors++}if(data43.OutputType!==void 0){let data44=data43.OutputType;if(!(data44==="JSON"||data44==="JSONL")){const err57={
instancePath:instancePath+"/ResultWriter/WriterConfig/OutputType",schemaPath:"#/properties/ResultWriter/properties/WriterConfig/properties/OutputType/enum",keyword:"\
enum",params:{allowedValues:schema16.properties.ResultWriter.properties.WriterConfig.properties.OutputType.enum},message:"must be equal to one of the allowed va\
lues"};vErrors===null?vErrors=[err57]:vErrors.push(err57),errors++}}if(data43.Transformation!==void 0){let data45=data43.Transformation;if(!(data45==="NONE"||data45===
"COMPACT"||data45==="FLATTEN")){const err58={instancePath:instancePath+"/ResultWriter/WriterConfig/Transformation",schemaPath:"#/properties/ResultWriter/propert\
ies/WriterConfig/properties/Transformation/enum",keyword:"enum",params:{allowedValues:schema16.properties.ResultWriter.properties.WriterConfig.properties.Transformation.
enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err58]:vErrors.push(err58),errors++}}}else{const err59={instancePath:instancePath+
"/ResultWriter/WriterConfig",schemaPath:"#/properties/ResultWriter/properties/WriterConfig/type",keyword:"type",params:{type:"object"},message:"must be object"};
vErrors===null?vErrors=[err59]:vErrors.push(err59),errors++}}}else{const err60={instancePath:instancePath+"/ResultWriter",schemaPath:"#/properties/ResultWriter/\
type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err60]:vErrors.push(err60),errors++}}if(data.ToleratedFailureCount!==
void 0){let data46=data.ToleratedFailureCount;if(!(typeof data46=="number"&&!(data46%1)&&!isNaN(data46)&&isFinite(data46))){const err61={instancePath:instancePath+
"/ToleratedFailureCount",schemaPath:"#/properties/ToleratedFailureCount/type",keyword:"type",params:{type:"integer"},message:"must be integer"};vErrors===null?vErrors=
[err61]:vErrors.push(err61),errors++}if(typeof data46=="number"&&isFinite(data46)&&(data46<0||isNaN(data46))){const err62={instancePath:instancePath+"/Tolerated\
FailureCount",schemaPath:"#/properties/ToleratedFailureCount/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};vErrors===null?
vErrors=[err62]:vErrors.push(err62),errors++}}if(data.ToleratedFailureCountPath!==void 0&&typeof data.ToleratedFailureCountPath!="string"){const err63={instancePath:instancePath+
"/ToleratedFailureCountPath",schemaPath:"#/properties/ToleratedFailureCountPath/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===
null?vErrors=[err63]:vErrors.push(err63),errors++}if(data.ToleratedFailurePercentage!==void 0){let data48=data.ToleratedFailurePercentage;if(typeof data48=="num\
ber"&&isFinite(data48)){if(data48>100||isNaN(data48)){const err64={instancePath:instancePath+"/ToleratedFailurePercentage",schemaPath:"#/properties/ToleratedFai\
lurePercentage/maximum",keyword:"maximum",params:{comparison:"<=",limit:100},message:"must be <= 100"};vErrors===null?vErrors=[err64]:vErrors.push(err64),errors++}
if(data48<0||isNaN(data48)){const err65={instancePath:instancePath+"/ToleratedFailurePercentage",schemaPath:"#/properties/ToleratedFailurePercentage/minimum",keyword:"\
minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};vErrors===null?vErrors=[err65]:vErrors.push(err65),errors++}}else{const err66={instancePath:instancePath+
"/ToleratedFailurePercentage",schemaPath:"#/properties/ToleratedFailurePercentage/type",keyword:"type",params:{type:"number"},message:"must be number"};vErrors===
null?vErrors=[err66]:vErrors.push(err66),errors++}}if(data.ToleratedFailurePercentagePath!==void 0&&typeof data.ToleratedFailurePercentagePath!="string"){const err67={
instancePath:instancePath+"/ToleratedFailurePercentagePath",schemaPath:"#/properties/ToleratedFailurePercentagePath/type",keyword:"type",params:{type:"string"},
message:"must be string"};vErrors===null?vErrors=[err67]:vErrors.push(err67),errors++}if(data.Label!==void 0&&typeof data.Label!="string"){const err68={instancePath:instancePath+
"/Label",schemaPath:"#/properties/Label/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err68]:vErrors.push(err68),
errors++}}else{const err69={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err69]:vErrors.
push(err69),errors++}return validate15.errors=vErrors,errors===0}const ChoiceJSONPath=validate16,schema17={type:"object",properties:{Type:{type:"string"},Comment:{
type:"string"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{type:["string","null"]},OutputPath:{type:["string","null"]},Output:{},Choices:{type:"array",
minItems:1},Default:{type:"string",minLength:1},Assign:{type:"object"}},required:["Choices"],additionalProperties:!1};function validate16(data,{instancePath="",
parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.Choices===void 0){const err0={
instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"Choices"},message:"must have required property 'Choices'"};vErrors===null?vErrors=
[err0]:vErrors.push(err0),errors++}for(const key0 in data)if(!func5.call(schema17.properties,key0)){const err1={instancePath,schemaPath:"#/additionalProperties",
keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err1]:vErrors.push(err1),
errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err2={instancePath:instancePath+"/Type",schemaPath:"#/properties/Type/type",keyword:"type",params:{
type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err3={
instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=
[err3]:vErrors.push(err3),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2==="JSONPath"||data2==="JSONata")){const err4={instancePath:instancePath+
"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema17.properties.QueryLanguage.enum},message:"must be equa\
l to one of the allowed values"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}if(data.InputPath!==void 0){let data3=data.InputPath;if(typeof data3!=
"string"&&data3!==null){const err5={instancePath:instancePath+"/InputPath",schemaPath:"#/properties/InputPath/type",keyword:"type",params:{type:schema17.properties.
InputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}if(data.OutputPath!==void 0){let data4=data.OutputPath;
if(typeof data4!="string"&&data4!==null){const err6={instancePath:instancePath+"/OutputPath",schemaPath:"#/properties/OutputPath/type",keyword:"type",params:{type:schema17.
properties.OutputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}if(data.Choices!==void 0){let data5=data.Choices;
if(Array.isArray(data5)){if(data5.length<1){const err7={instancePath:instancePath+"/Choices",schemaPath:"#/properties/Choices/minItems",keyword:"minItems",params:{
limit:1},message:"must NOT have fewer than 1 items"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}else{const err8={instancePath:instancePath+"/Cho\
ices",schemaPath:"#/properties/Choices/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}}
if(data.Default!==void 0){let data6=data.Default;if(typeof data6=="string"){if(data6.length<1){const err9={instancePath:instancePath+"/Default",schemaPath:"#/pr\
operties/Default/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err9]:vErrors.push(err9),
errors++}}else{const err10={instancePath:instancePath+"/Default",schemaPath:"#/properties/Default/type",keyword:"type",params:{type:"string"},message:"must be s\
tring"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}}if(data.Assign!==void 0){let data7=data.Assign;if(!(data7&&typeof data7=="object"&&!Array.isArray(
data7))){const err11={instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"must be object"};
vErrors===null?vErrors=[err11]:vErrors.push(err11),errors++}}}else{const err12={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"\
must be object"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}return validate16.errors=vErrors,errors===0}const WaitJSONPath=validate17,schema18={
type:"object",properties:{Type:{type:"string"},Comment:{type:"string"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{type:["string","null"]},OutputPath:{
type:["string","null"]},Output:{},Next:{type:"string",minLength:1},End:{type:"boolean"},Assign:{type:"object"},Seconds:{type:"integer",minimum:0,maximum:99999999},
SecondsPath:{type:"string"},Timestamp:{type:"string"},TimestampPath:{type:"string"}},required:[],additionalProperties:!1};function validate17(data,{instancePath="",
parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data)if(!func5.
call(schema18.properties,key0)){const err0={instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"\
must NOT have additional properties"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err1={instancePath:instancePath+
"/Type",schemaPath:"#/properties/Type/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}
if(data.Comment!==void 0&&typeof data.Comment!="string"){const err2={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",
params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;
if(!(data2==="JSONPath"||data2==="JSONata")){const err3={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",
params:{allowedValues:schema18.properties.QueryLanguage.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err3]:vErrors.push(err3),
errors++}}if(data.InputPath!==void 0){let data3=data.InputPath;if(typeof data3!="string"&&data3!==null){const err4={instancePath:instancePath+"/InputPath",schemaPath:"\
#/properties/InputPath/type",keyword:"type",params:{type:schema18.properties.InputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err4]:vErrors.
push(err4),errors++}}if(data.OutputPath!==void 0){let data4=data.OutputPath;if(typeof data4!="string"&&data4!==null){const err5={instancePath:instancePath+"/Out\
putPath",schemaPath:"#/properties/OutputPath/type",keyword:"type",params:{type:schema18.properties.OutputPath.type},message:"must be string,null"};vErrors===null?
vErrors=[err5]:vErrors.push(err5),errors++}}if(data.Next!==void 0){let data5=data.Next;if(typeof data5=="string"){if(data5.length<1){const err6={instancePath:instancePath+
"/Next",schemaPath:"#/properties/Next/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err6]:
vErrors.push(err6),errors++}}else{const err7={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"\
must be string"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}if(data.End!==void 0&&typeof data.End!="boolean"){const err8={instancePath:instancePath+
"/End",schemaPath:"#/properties/End/type",keyword:"type",params:{type:"boolean"},message:"must be boolean"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}
if(data.Assign!==void 0){let data7=data.Assign;if(!(data7&&typeof data7=="object"&&!Array.isArray(data7))){const err9={instancePath:instancePath+"/Assign",schemaPath:"\
#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}}if(data.Seconds!==
void 0){let data8=data.Seconds;if(!(typeof data8=="number"&&!(data8%1)&&!isNaN(data8)&&isFinite(data8))){const err10={instancePath:instancePath+"/Seconds",schemaPath:"\
#/properties/Seconds/type",keyword:"type",params:{type:"integer"},message:"must be integer"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}if(typeof data8==
"number"&&isFinite(data8)){if(data8>99999999||isNaN(data8)){const err11={instancePath:instancePath+"/Seconds",schemaPath:"#/properties/Seconds/maximum",keyword:"\
maximum",params:{comparison:"<=",limit:99999999},message:"must be <= 99999999"};vErrors===null?vErrors=[err11]:vErrors.push(err11),errors++}if(data8<0||isNaN(data8)){
const err12={instancePath:instancePath+"/Seconds",schemaPath:"#/properties/Seconds/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be \
>= 0"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}}}if(data.SecondsPath!==void 0&&typeof data.SecondsPath!="string"){const err13={instancePath:instancePath+
"/SecondsPath",schemaPath:"#/properties/SecondsPath/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err13]:vErrors.
push(err13),errors++}if(data.Timestamp!==void 0&&typeof data.Timestamp!="string"){const err14={instancePath:instancePath+"/Timestamp",schemaPath:"#/properties/T\
imestamp/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err14]:vErrors.push(err14),errors++}if(data.TimestampPath!==
void 0&&typeof data.TimestampPath!="string"){const err15={instancePath:instancePath+"/TimestampPath",schemaPath:"#/properties/TimestampPath/type",keyword:"type",
params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err15]:vErrors.push(err15),errors++}}else{const err16={instancePath,schemaPath:"#/type",
keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err16]:vErrors.push(err16),errors++}return validate17.errors=vErrors,errors===
0}const PassJSONPath=validate18,schema19={type:"object",properties:{Type:{type:"string"},Comment:{type:"string"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{
type:["string","null"]},OutputPath:{type:["string","null"]},Output:{},Next:{type:"string",minLength:1},End:{type:"boolean"},Assign:{type:"object"},Result:{},ResultPath:{
type:["string","null"]},Parameters:{}},required:[],additionalProperties:!1};function validate18(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){
let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data)if(!func5.call(schema19.properties,key0)){const err0={instancePath,
schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?
vErrors=[err0]:vErrors.push(err0),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err1={instancePath:instancePath+"/Type",schemaPath:"#/proper\
ties/Type/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}if(data.Comment!==void 0&&
typeof data.Comment!="string"){const err2={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"\
must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2==="JSONPath"||
data2==="JSONata")){const err3={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema19.
properties.QueryLanguage.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}}if(data.InputPath!==
void 0){let data3=data.InputPath;if(typeof data3!="string"&&data3!==null){const err4={instancePath:instancePath+"/InputPath",schemaPath:"#/properties/InputPath/\
type",keyword:"type",params:{type:schema19.properties.InputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}
if(data.OutputPath!==void 0){let data4=data.OutputPath;if(typeof data4!="string"&&data4!==null){const err5={instancePath:instancePath+"/OutputPath",schemaPath:"\
#/properties/OutputPath/type",keyword:"type",params:{type:schema19.properties.OutputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err5]:vErrors.
push(err5),errors++}}if(data.Next!==void 0){let data5=data.Next;if(typeof data5=="string"){if(data5.length<1){const err6={instancePath:instancePath+"/Next",schemaPath:"\
#/properties/Next/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err6]:vErrors.push(err6),
errors++}}else{const err7={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};
vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}if(data.End!==void 0&&typeof data.End!="boolean"){const err8={instancePath:instancePath+"/End",schemaPath:"\
#/properties/End/type",keyword:"type",params:{type:"boolean"},message:"must be boolean"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}if(data.Assign!==
void 0){let data7=data.Assign;if(!(data7&&typeof data7=="object"&&!Array.isArray(data7))){const err9={instancePath:instancePath+"/Assign",schemaPath:"#/properti\
es/Assign/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}}if(data.ResultPath!==
void 0){let data8=data.ResultPath;if(typeof data8!="string"&&data8!==null){const err10={instancePath:instancePath+"/ResultPath",schemaPath:"#/properties/ResultP\
ath/type",keyword:"type",params:{type:schema19.properties.ResultPath.type},message:"must be string,null"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}}}else{
const err11={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err11]:vErrors.push(err11),
errors++}return validate18.errors=vErrors,errors===0}const SucceedJSONPath=validate19,schema20={type:"object",properties:{Type:{type:"string"},Comment:{type:"st\
ring"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{type:["string","null"]},OutputPath:{type:["string","null"]},Output:{}},required:[],additionalProperties:!1};
function validate19(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(
data)){for(const key0 in data)if(!(key0==="Type"||key0==="Comment"||key0==="QueryLanguage"||key0==="InputPath"||key0==="OutputPath"||key0==="Output")){const err0={
instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};
vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err1={instancePath:instancePath+"/Type",schemaPath:"\
#/properties/Type/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}if(data.Comment!==
void 0&&typeof data.Comment!="string"){const err2={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"stri\
ng"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2===
"JSONPath"||data2==="JSONata")){const err3={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema20.
properties.QueryLanguage.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}}if(data.InputPath!==
void 0){let data3=data.InputPath;if(typeof data3!="string"&&data3!==null){const err4={instancePath:instancePath+"/InputPath",schemaPath:"#/properties/InputPath/\
type",keyword:"type",params:{type:schema20.properties.InputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}
if(data.OutputPath!==void 0){let data4=data.OutputPath;if(typeof data4!="string"&&data4!==null){const err5={instancePath:instancePath+"/OutputPath",schemaPath:"\
#/properties/OutputPath/type",keyword:"type",params:{type:schema20.properties.OutputPath.type},message:"must be string,null"};vErrors===null?vErrors=[err5]:vErrors.
push(err5),errors++}}}else{const err6={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[
err6]:vErrors.push(err6),errors++}return validate19.errors=vErrors,errors===0}const FailJSONPath=validate20,schema21={type:"object",properties:{Type:{type:"stri\
ng"},Comment:{type:"string"},QueryLanguage:{enum:["JSONPath","JSONata"]},Error:{type:"string"},Cause:{type:"string"},ErrorPath:{type:"string"},CausePath:{type:"\
string"}},required:[],additionalProperties:!1};function validate20(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;
if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data)if(!(key0==="Type"||key0==="Comment"||key0==="QueryLanguage"||key0==="Error"||key0===
"Cause"||key0==="ErrorPath"||key0==="CausePath")){const err0={instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},
message:"must NOT have additional properties"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err1={
instancePath:instancePath+"/Type",schemaPath:"#/properties/Type/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err1]:
vErrors.push(err1),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err2={instancePath:instancePath+"/Comment",schemaPath:"#/properties/C\
omment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.QueryLanguage!==void 0){
let data2=data.QueryLanguage;if(!(data2==="JSONPath"||data2==="JSONata")){const err3={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryL\
anguage/enum",keyword:"enum",params:{allowedValues:schema21.properties.QueryLanguage.enum},message:"must be equal to one of the allowed values"};vErrors===null?
vErrors=[err3]:vErrors.push(err3),errors++}}if(data.Error!==void 0&&typeof data.Error!="string"){const err4={instancePath:instancePath+"/Error",schemaPath:"#/pr\
operties/Error/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}if(data.Cause!==void 0&&
typeof data.Cause!="string"){const err5={instancePath:instancePath+"/Cause",schemaPath:"#/properties/Cause/type",keyword:"type",params:{type:"string"},message:"\
must be string"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}if(data.ErrorPath!==void 0&&typeof data.ErrorPath!="string"){const err6={instancePath:instancePath+
"/ErrorPath",schemaPath:"#/properties/ErrorPath/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err6]:vErrors.push(
err6),errors++}if(data.CausePath!==void 0&&typeof data.CausePath!="string"){const err7={instancePath:instancePath+"/CausePath",schemaPath:"#/properties/CausePat\
h/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}else{const err8={instancePath,
schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}return validate20.
errors=vErrors,errors===0}const retrierJSONPath=validate21,schema22={type:"object",properties:{Comment:{type:"string"},ErrorEquals:{type:"array",minItems:1,items:{
type:"string"}},IntervalSeconds:{type:"integer",minimum:1,maximum:99999999},MaxAttempts:{type:"integer",minimum:0,maximum:99999999},BackoffRate:{type:"number",minimum:1},
MaxDelaySeconds:{type:"integer",minimum:1,maximum:31622399},JitterStrategy:{enum:["FULL","NONE"]}},required:["ErrorEquals"],additionalProperties:!1};function validate21(data,{
instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.ErrorEquals===
void 0){const err0={instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"ErrorEquals"},message:"must have required property 'ErrorEq\
uals'"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}for(const key0 in data)if(!(key0==="Comment"||key0==="ErrorEquals"||key0==="IntervalSeconds"||
key0==="MaxAttempts"||key0==="BackoffRate"||key0==="MaxDelaySeconds"||key0==="JitterStrategy")){const err1={instancePath,schemaPath:"#/additionalProperties",keyword:"\
additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}
if(data.Comment!==void 0&&typeof data.Comment!="string"){const err2={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",
params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.ErrorEquals!==void 0){let data1=data.ErrorEquals;
if(Array.isArray(data1)){if(data1.length<1){const err3={instancePath:instancePath+"/ErrorEquals",schemaPath:"#/properties/ErrorEquals/minItems",keyword:"minItem\
s",params:{limit:1},message:"must NOT have fewer than 1 items"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}const len0=data1.length;for(let i0=0;i0<
len0;i0++)if(typeof data1[i0]!="string"){const err4={instancePath:instancePath+"/ErrorEquals/"+i0,schemaPath:"#/properties/ErrorEquals/items/type",keyword:"type",
params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}else{const err5={instancePath:instancePath+"/ErrorEq\
uals",schemaPath:"#/properties/ErrorEquals/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err5]:vErrors.push(err5),
errors++}}if(data.IntervalSeconds!==void 0){let data3=data.IntervalSeconds;if(!(typeof data3=="number"&&!(data3%1)&&!isNaN(data3)&&isFinite(data3))){const err6={
instancePath:instancePath+"/IntervalSeconds",schemaPath:"#/properties/IntervalSeconds/type",keyword:"type",params:{type:"integer"},message:"must be integer"};vErrors===
null?vErrors=[err6]:vErrors.push(err6),errors++}if(typeof data3=="number"&&isFinite(data3)){if(data3>99999999||isNaN(data3)){const err7={instancePath:instancePath+
"/IntervalSeconds",schemaPath:"#/properties/IntervalSeconds/maximum",keyword:"maximum",params:{comparison:"<=",limit:99999999},message:"must be <= 99999999"};vErrors===
null?vErrors=[err7]:vErrors.push(err7),errors++}if(data3<1||isNaN(data3)){const err8={instancePath:instancePath+"/IntervalSeconds",schemaPath:"#/properties/Inte\
rvalSeconds/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}}}if(data.
MaxAttempts!==void 0){let data4=data.MaxAttempts;if(!(typeof data4=="number"&&!(data4%1)&&!isNaN(data4)&&isFinite(data4))){const err9={instancePath:instancePath+
"/MaxAttempts",schemaPath:"#/properties/MaxAttempts/type",keyword:"type",params:{type:"integer"},message:"must be integer"};vErrors===null?vErrors=[err9]:vErrors.
push(err9),errors++}if(typeof data4=="number"&&isFinite(data4)){if(data4>99999999||isNaN(data4)){const err10={instancePath:instancePath+"/MaxAttempts",schemaPath:"\
#/properties/MaxAttempts/maximum",keyword:"maximum",params:{comparison:"<=",limit:99999999},message:"must be <= 99999999"};vErrors===null?vErrors=[err10]:vErrors.
push(err10),errors++}if(data4<0||isNaN(data4)){const err11={instancePath:instancePath+"/MaxAttempts",schemaPath:"#/properties/MaxAttempts/minimum",keyword:"mini\
mum",params:{comparison:">=",limit:0},message:"must be >= 0"};vErrors===null?vErrors=[err11]:vErrors.push(err11),errors++}}}if(data.BackoffRate!==void 0){let data5=data.
BackoffRate;if(typeof data5=="number"&&isFinite(data5)){if(data5<1||isNaN(data5)){const err12={instancePath:instancePath+"/BackoffRate",schemaPath:"#/properties\
/BackoffRate/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}}else{
const err13={instancePath:instancePath+"/BackoffRate",schemaPath:"#/properties/BackoffRate/type",keyword:"type",params:{type:"number"},message:"must be number"};
vErrors===null?vErrors=[err13]:vErrors.push(err13),errors++}}if(data.MaxDelaySeconds!==void 0){let data6=data.MaxDelaySeconds;if(!(typeof data6=="number"&&!(data6%
1)&&!isNaN(data6)&&isFinite(data6))){const err14={instancePath:instancePath+"/MaxDelaySeconds",schemaPath:"#/properties/MaxDelaySeconds/type",keyword:"type",params:{
type:"integer"},message:"must be integer"};vErrors===null?vErrors=[err14]:vErrors.push(err14),errors++}if(typeof data6=="number"&&isFinite(data6)){if(data6>31622399||
isNaN(data6)){const err15={instancePath:instancePath+"/MaxDelaySeconds",schemaPath:"#/properties/MaxDelaySeconds/maximum",keyword:"maximum",params:{comparison:"\
<=",limit:31622399},message:"must be <= 31622399"};vErrors===null?vErrors=[err15]:vErrors.push(err15),errors++}if(data6<1||isNaN(data6)){const err16={instancePath:instancePath+
"/MaxDelaySeconds",schemaPath:"#/properties/MaxDelaySeconds/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=
[err16]:vErrors.push(err16),errors++}}}if(data.JitterStrategy!==void 0){let data7=data.JitterStrategy;if(!(data7==="FULL"||data7==="NONE")){const err17={instancePath:instancePath+
"/JitterStrategy",schemaPath:"#/properties/JitterStrategy/enum",keyword:"enum",params:{allowedValues:schema22.properties.JitterStrategy.enum},message:"must be e\
qual to one of the allowed values"};vErrors===null?vErrors=[err17]:vErrors.push(err17),errors++}}}else{const err18={instancePath,schemaPath:"#/type",keyword:"ty\
pe",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err18]:vErrors.push(err18),errors++}return validate21.errors=vErrors,errors===0}const catcherJSONPath=validate22,
schema23={type:"object",properties:{Comment:{type:"string"},ErrorEquals:{type:"array",minItems:1,items:{type:"string"}},Next:{type:"string",minLength:1},ResultPath:{
type:["string","null"]},Output:{},Assign:{type:"object"}},required:["ErrorEquals","Next"],additionalProperties:!1};function validate22(data,{instancePath="",parentData,
parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.ErrorEquals===void 0){const err0={
instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"ErrorEquals"},message:"must have required property 'ErrorEquals'"};vErrors===null?
vErrors=[err0]:vErrors.push(err0),errors++}if(data.Next===void 0){const err1={instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"N\
ext"},message:"must have required property 'Next'"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}for(const key0 in data)if(!(key0==="Comment"||key0===
"ErrorEquals"||key0==="Next"||key0==="ResultPath"||key0==="Output"||key0==="Assign")){const err2={instancePath,schemaPath:"#/additionalProperties",keyword:"addi\
tionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.
Comment!==void 0&&typeof data.Comment!="string"){const err3={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{
type:"string"},message:"must be string"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}if(data.ErrorEquals!==void 0){let data1=data.ErrorEquals;if(Array.
isArray(data1)){if(data1.length<1){const err4={instancePath:instancePath+"/ErrorEquals",schemaPath:"#/properties/ErrorEquals/minItems",keyword:"minItems",params:{
limit:1},message:"must NOT have fewer than 1 items"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}const len0=data1.length;for(let i0=0;i0<len0;i0++)
if(typeof data1[i0]!="string"){const err5={instancePath:instancePath+"/ErrorEquals/"+i0,schemaPath:"#/properties/ErrorEquals/items/type",keyword:"type",params:{
type:"string"},message:"must be string"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}else{const err6={instancePath:instancePath+"/ErrorEquals",schemaPath:"\
#/properties/ErrorEquals/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}if(data.
Next!==void 0){let data3=data.Next;if(typeof data3=="string"){if(data3.length<1){const err7={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/min\
Length",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}else{const err8={
instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err8]:
vErrors.push(err8),errors++}}if(data.ResultPath!==void 0){let data4=data.ResultPath;if(typeof data4!="string"&&data4!==null){const err9={instancePath:instancePath+
"/ResultPath",schemaPath:"#/properties/ResultPath/type",keyword:"type",params:{type:schema23.properties.ResultPath.type},message:"must be string,null"};vErrors===
null?vErrors=[err9]:vErrors.push(err9),errors++}}if(data.Assign!==void 0){let data5=data.Assign;if(!(data5&&typeof data5=="object"&&!Array.isArray(data5))){const err10={
instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=
[err10]:vErrors.push(err10),errors++}}}else{const err11={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===
null?vErrors=[err11]:vErrors.push(err11),errors++}return validate22.errors=vErrors,errors===0}const ruleJSONPath=validate23,schema24={type:"object",properties:{
Comment:{type:"string"},Condition:{},Next:{type:"string",minLength:1},Output:{},Assign:{type:"object"},Variable:{type:"string"},And:{type:"array",minItems:1},Or:{
type:"array",minItems:1},Not:{type:"object"},StringEquals:{},StringEqualsPath:{},StringLessThan:{},StringLessThanPath:{},StringGreaterThan:{},StringGreaterThanPath:{},
StringLessThanEquals:{},StringLessThanEqualsPath:{},StringGreaterThanEquals:{},StringGreaterThanEqualsPath:{},NumericEquals:{},NumericEqualsPath:{},NumericLessThan:{},
NumericLessThanPath:{},NumericGreaterThan:{},NumericGreaterThanPath:{},NumericLessThanEquals:{},NumericLessThanEqualsPath:{},NumericGreaterThanEquals:{},NumericGreaterThanEqualsPath:{},
TimestampEquals:{},TimestampEqualsPath:{},TimestampLessThan:{},TimestampLessThanPath:{},TimestampGreaterThan:{},TimestampGreaterThanPath:{},TimestampLessThanEquals:{},
TimestampLessThanEqualsPath:{},TimestampGreaterThanEquals:{},TimestampGreaterThanEqualsPath:{},BooleanEquals:{},BooleanEqualsPath:{},StringMatches:{},IsNull:{},
IsPresent:{},IsNumeric:{},IsString:{},IsBoolean:{},IsTimestamp:{}},required:[],additionalProperties:!1};function validate23(data,{instancePath="",parentData,parentDataProperty,
rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data)if(!func5.call(schema24.properties,key0)){
const err0={instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional p\
roperties"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err1={instancePath:instancePath+
"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err1]:vErrors.push(err1),
errors++}if(data.Next!==void 0){let data1=data.Next;if(typeof data1=="string"){if(data1.length<1){const err2={instancePath:instancePath+"/Next",schemaPath:"#/pr\
operties/Next/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err2]:vErrors.push(err2),
errors++}}else{const err3={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};
vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}}if(data.Assign!==void 0){let data2=data.Assign;if(!(data2&&typeof data2=="object"&&!Array.isArray(data2))){
const err4={instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===
null?vErrors=[err4]:vErrors.push(err4),errors++}}if(data.Variable!==void 0&&typeof data.Variable!="string"){const err5={instancePath:instancePath+"/Variable",schemaPath:"\
#/properties/Variable/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}if(data.And!==
void 0){let data4=data.And;if(Array.isArray(data4)){if(data4.length<1){const err6={instancePath:instancePath+"/And",schemaPath:"#/properties/And/minItems",keyword:"\
minItems",params:{limit:1},message:"must NOT have fewer than 1 items"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}else{const err7={instancePath:instancePath+
"/And",schemaPath:"#/properties/And/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}
if(data.Or!==void 0){let data5=data.Or;if(Array.isArray(data5)){if(data5.length<1){const err8={instancePath:instancePath+"/Or",schemaPath:"#/properties/Or/minIt\
ems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}}else{const err9={
instancePath:instancePath+"/Or",schemaPath:"#/properties/Or/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err9]:vErrors.
push(err9),errors++}}if(data.Not!==void 0){let data6=data.Not;if(!(data6&&typeof data6=="object"&&!Array.isArray(data6))){const err10={instancePath:instancePath+
"/Not",schemaPath:"#/properties/Not/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}}}else{
const err11={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err11]:vErrors.push(err11),
errors++}return validate23.errors=vErrors,errors===0}const TaskJSONata=validate24,schema25={type:"object",properties:{Type:{type:"string"},Comment:{type:"string"},
QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{},OutputPath:{},Output:{},Next:{type:"string",minLength:1},End:{type:"boolean"},Assign:{type:"object"},Retry:{
type:"array"},Catch:{type:"array"},ResultSelector:{},ResultPath:{},Resource:{type:"string",minLength:1},Parameters:{},Arguments:{type:["object","string"],pattern:"\
^\\{%"},Credentials:{type:["object","string"],pattern:"^\\{%"},TimeoutSeconds:{type:["integer","string"],minimum:1,maximum:99999999,pattern:"^[{]%"},TimeoutSecondsPath:{},
HeartbeatSeconds:{type:["integer","string"],minimum:1,maximum:99999999,pattern:"^[{]%"},HeartbeatSecondsPath:{}},required:["Resource"],additionalProperties:!1},
pattern0=new RegExp("^\\{%","u"),pattern2=new RegExp("^[{]%","u");function validate24(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,
errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.Resource===void 0){const err0={instancePath,schemaPath:"#/required",keyword:"required",params:{
missingProperty:"Resource"},message:"must have required property 'Resource'"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}for(const key0 in data)if(!func5.
call(schema25.properties,key0)){const err1={instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"\
must NOT have additional properties"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err2={instancePath:instancePath+
"/Type",schemaPath:"#/properties/Type/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}
if(data.Comment!==void 0&&typeof data.Comment!="string"){const err3={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",
params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;
if(!(data2==="JSONPath"||data2==="JSONata")){const err4={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",
params:{allowedValues:schema25.properties.QueryLanguage.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err4]:vErrors.push(err4),
errors++}}if(data.Next!==void 0){let data3=data.Next;if(typeof data3=="string"){if(data3.length<1){const err5={instancePath:instancePath+"/Next",schemaPath:"#/p\
roperties/Next/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err5]:vErrors.push(err5),
errors++}}else{const err6={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};
vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}if(data.End!==void 0&&typeof data.End!="boolean"){const err7={instancePath:instancePath+"/End",schemaPath:"\
#/properties/End/type",keyword:"type",params:{type:"boolean"},message:"must be boolean"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}if(data.Assign!==
void 0){let data5=data.Assign;if(!(data5&&typeof data5=="object"&&!Array.isArray(data5))){const err8={instancePath:instancePath+"/Assign",schemaPath:"#/properti\
es/Assign/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}}if(data.Retry!==void 0&&
!Array.isArray(data.Retry)){const err9={instancePath:instancePath+"/Retry",schemaPath:"#/properties/Retry/type",keyword:"type",params:{type:"array"},message:"mu\
st be array"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}if(data.Catch!==void 0&&!Array.isArray(data.Catch)){const err10={instancePath:instancePath+
"/Catch",schemaPath:"#/properties/Catch/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}
if(data.Resource!==void 0){let data8=data.Resource;if(typeof data8=="string"){if(data8.length<1){const err11={instancePath:instancePath+"/Resource",schemaPath:"\
#/properties/Resource/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err11]:vErrors.push(
err11),errors++}}else{const err12={instancePath:instancePath+"/Resource",schemaPath:"#/properties/Resource/type",keyword:"type",params:{type:"string"},message:"\
must be string"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}}if(data.Arguments!==void 0){let data9=data.Arguments;if(!(data9&&typeof data9=="ob\
ject"&&!Array.isArray(data9))&&typeof data9!="string"){const err13={instancePath:instancePath+"/Arguments",schemaPath:"#/properties/Arguments/type",keyword:"typ\
e",params:{type:schema25.properties.Arguments.type},message:"must be object,string"};vErrors===null?vErrors=[err13]:vErrors.push(err13),errors++}if(typeof data9==
"string"&&!pattern0.test(data9)){const err14={instancePath:instancePath+"/Arguments",schemaPath:"#/properties/Arguments/pattern",keyword:"pattern",params:{pattern:"\
^\\{%"},message:'must match pattern "^\\{%"'};vErrors===null?vErrors=[err14]:vErrors.push(err14),errors++}}if(data.Credentials!==void 0){let data10=data.Credentials;
if(!(data10&&typeof data10=="object"&&!Array.isArray(data10))&&typeof data10!="string"){const err15={instancePath:instancePath+"/Credentials",schemaPath:"#/prop\
erties/Credentials/type",keyword:"type",params:{type:schema25.properties.Credentials.type},message:"must be object,string"};vErrors===null?vErrors=[err15]:vErrors.
push(err15),errors++}if(typeof data10=="string"&&!pattern0.test(data10)){const err16={instancePath:instancePath+"/Credentials",schemaPath:"#/properties/Credenti\
als/pattern",keyword:"pattern",params:{pattern:"^\\{%"},message:'must match pattern "^\\{%"'};vErrors===null?vErrors=[err16]:vErrors.push(err16),errors++}}if(data.
TimeoutSeconds!==void 0){let data11=data.TimeoutSeconds;if(!(typeof data11=="number"&&!(data11%1)&&!isNaN(data11)&&isFinite(data11))&&typeof data11!="string"){const err17={
instancePath:instancePath+"/TimeoutSeconds",schemaPath:"#/properties/TimeoutSeconds/type",keyword:"type",params:{type:schema25.properties.TimeoutSeconds.type},message:"\
must be integer,string"};vErrors===null?vErrors=[err17]:vErrors.push(err17),errors++}if(typeof data11=="number"&&isFinite(data11)){if(data11>99999999||isNaN(data11)){
const err18={instancePath:instancePath+"/TimeoutSeconds",schemaPath:"#/properties/TimeoutSeconds/maximum",keyword:"maximum",params:{comparison:"<=",limit:99999999},
message:"must be <= 99999999"};vErrors===null?vErrors=[err18]:vErrors.push(err18),errors++}if(data11<1||isNaN(data11)){const err19={instancePath:instancePath+"/\
TimeoutSeconds",schemaPath:"#/properties/TimeoutSeconds/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=
[err19]:vErrors.push(err19),errors++}}if(typeof data11=="string"&&!pattern2.test(data11)){const err20={instancePath:instancePath+"/TimeoutSeconds",schemaPath:"#\
/properties/TimeoutSeconds/pattern",keyword:"pattern",params:{pattern:"^[{]%"},message:'must match pattern "^[{]%"'};vErrors===null?vErrors=[err20]:vErrors.push(
err20),errors++}}if(data.HeartbeatSeconds!==void 0){let data12=data.HeartbeatSeconds;if(!(typeof data12=="number"&&!(data12%1)&&!isNaN(data12)&&isFinite(data12))&&
typeof data12!="string"){const err21={instancePath:instancePath+"/HeartbeatSeconds",schemaPath:"#/properties/HeartbeatSeconds/type",keyword:"type",params:{type:schema25.
properties.HeartbeatSeconds.type},message:"must be integer,string"};vErrors===null?vErrors=[err21]:vErrors.push(err21),errors++}if(typeof data12=="number"&&isFinite(
data12)){if(data12>99999999||isNaN(data12)){const err22={instancePath:instancePath+"/HeartbeatSeconds",schemaPath:"#/properties/HeartbeatSeconds/maximum",keyword:"\
maximum",params:{comparison:"<=",limit:99999999},message:"must be <= 99999999"};vErrors===null?vErrors=[err22]:vErrors.push(err22),errors++}if(data12<1||isNaN(data12)){
const err23={instancePath:instancePath+"/HeartbeatSeconds",schemaPath:"#/properties/HeartbeatSeconds/minimum",keyword:"minimum",params:{comparison:">=",limit:1},
message:"must be >= 1"};vErrors===null?vErrors=[err23]:vErrors.push(err23),errors++}}if(typeof data12=="string"&&!pattern2.test(data12)){const err24={instancePath:instancePath+
"/HeartbeatSeconds",schemaPath:"#/properties/HeartbeatSeconds/pattern",keyword:"pattern",params:{pattern:"^[{]%"},message:'must match pattern "^[{]%"'};vErrors===
null?vErrors=[err24]:vErrors.push(err24),errors++}}}else{const err25={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be ob\
ject"};vErrors===null?vErrors=[err25]:vErrors.push(err25),errors++}return validate24.errors=vErrors,errors===0}const ParallelJSONata=validate25,schema26={type:"\
object",properties:{Type:{type:"string"},Comment:{type:"string"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{},OutputPath:{},Output:{},Next:{type:"st\
ring",minLength:1},End:{type:"boolean"},Assign:{type:"object"},Retry:{type:"array"},Catch:{type:"array"},ResultSelector:{},ResultPath:{},Branches:{type:"array",
minItems:1},Parameters:{},Arguments:{type:["object","string"],pattern:"^\\{%"}},required:["Branches"],additionalProperties:!1};function validate25(data,{instancePath="",
parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.Branches===void 0){const err0={
instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"Branches"},message:"must have required property 'Branches'"};vErrors===null?vErrors=
[err0]:vErrors.push(err0),errors++}for(const key0 in data)if(!func5.call(schema26.properties,key0)){const err1={instancePath,schemaPath:"#/additionalProperties",
keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err1]:vErrors.push(err1),
errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err2={instancePath:instancePath+"/Type",schemaPath:"#/properties/Type/type",keyword:"type",params:{
type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err3={
instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=
[err3]:vErrors.push(err3),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2==="JSONPath"||data2==="JSONata")){const err4={instancePath:instancePath+
"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema26.properties.QueryLanguage.enum},message:"must be equa\
l to one of the allowed values"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}if(data.Next!==void 0){let data3=data.Next;if(typeof data3=="string"){
if(data3.length<1){const err5={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/minLength",keyword:"minLength",params:{limit:1},message:"must NOT\
 have fewer than 1 characters"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}else{const err6={instancePath:instancePath+"/Next",schemaPath:"#/prop\
erties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}if(data.End!==void 0&&
typeof data.End!="boolean"){const err7={instancePath:instancePath+"/End",schemaPath:"#/properties/End/type",keyword:"type",params:{type:"boolean"},message:"must\
 be boolean"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}if(data.Assign!==void 0){let data5=data.Assign;if(!(data5&&typeof data5=="object"&&!Array.
isArray(data5))){const err8={instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"must be ob\
ject"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}}if(data.Retry!==void 0&&!Array.isArray(data.Retry)){const err9={instancePath:instancePath+"/Re\
try",schemaPath:"#/properties/Retry/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}
if(data.Catch!==void 0&&!Array.isArray(data.Catch)){const err10={instancePath:instancePath+"/Catch",schemaPath:"#/properties/Catch/type",keyword:"type",params:{
type:"array"},message:"must be array"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}if(data.Branches!==void 0){let data8=data.Branches;if(Array.isArray(
data8)){if(data8.length<1){const err11={instancePath:instancePath+"/Branches",schemaPath:"#/properties/Branches/minItems",keyword:"minItems",params:{limit:1},message:"\
must NOT have fewer than 1 items"};vErrors===null?vErrors=[err11]:vErrors.push(err11),errors++}}else{const err12={instancePath:instancePath+"/Branches",schemaPath:"\
#/properties/Branches/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}}if(data.Arguments!==
void 0){let data9=data.Arguments;if(!(data9&&typeof data9=="object"&&!Array.isArray(data9))&&typeof data9!="string"){const err13={instancePath:instancePath+"/Ar\
guments",schemaPath:"#/properties/Arguments/type",keyword:"type",params:{type:schema26.properties.Arguments.type},message:"must be object,string"};vErrors===null?
vErrors=[err13]:vErrors.push(err13),errors++}if(typeof data9=="string"&&!pattern0.test(data9)){const err14={instancePath:instancePath+"/Arguments",schemaPath:"#\
/properties/Arguments/pattern",keyword:"pattern",params:{pattern:"^\\{%"},message:'must match pattern "^\\{%"'};vErrors===null?vErrors=[err14]:vErrors.push(err14),
errors++}}}else{const err15={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err15]:vErrors.
push(err15),errors++}return validate25.errors=vErrors,errors===0}const MapJSONata=validate26,schema27={type:"object",properties:{Type:{type:"string"},Comment:{type:"\
string"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{},OutputPath:{},Output:{},Next:{type:"string",minLength:1},End:{type:"boolean"},Assign:{type:"ob\
ject"},Retry:{type:"array"},Catch:{type:"array"},ResultSelector:{},ResultPath:{},ItemProcessor:{type:"object"},Iterator:{type:"object"},Items:{type:["array","ob\
ject","string"],pattern:"^\\{%"},ItemsPath:{},ItemSelector:{},Parameters:{},MaxConcurrency:{type:["integer","string"],minimum:0,pattern:"^[{]%"},MaxConcurrencyPath:{},
ItemReader:{type:"object",properties:{Comment:{type:"string"},Resource:{type:"string",minLength:1},Parameters:{},Arguments:{type:["object","string"],pattern:"^\\\
{%"},ReaderConfig:{type:"object",properties:{InputType:{enum:["CSV","JSON","JSONL","PARQUET","MANIFEST"]},Transformation:{enum:["NONE","LOAD_AND_FLATTEN"]},CSVDelimiter:{
enum:["COMMA","PIPE","SEMICOLON","SPACE","TAB"]},ManifestType:{enum:["ATHENA_DATA","S3_INVENTORY"]},CSVHeaderLocation:{enum:["FIRST_ROW","GIVEN"]},CSVHeaders:{type:"\
array",items:{type:"string"}},ItemsPointer:{type:"string"},MaxItems:{type:["integer","string"],minimum:0,pattern:"^[{]%"},MaxItemsPath:{}},required:[],additionalProperties:!1}},
required:["Resource"],additionalProperties:!1},ItemBatcher:{type:"object",properties:{Comment:{type:"string"},BatchInput:{},MaxItemsPerBatch:{type:["integer","s\
tring"],minimum:1,pattern:"^[{]%"},MaxInputBytesPerBatch:{type:["integer","string"],minimum:1,pattern:"^[{]%"},MaxItemsPerBatchPath:{},MaxInputBytesPerBatchPath:{}},
required:[],additionalProperties:!1},ResultWriter:{type:"object",properties:{Comment:{type:"string"},Resource:{type:"string",minLength:1},Parameters:{},Arguments:{
type:["object","string"],pattern:"^\\{%"},WriterConfig:{type:"object",properties:{OutputType:{enum:["JSON","JSONL"]},Transformation:{enum:["NONE","COMPACT","FLA\
TTEN"]}},required:["OutputType"],additionalProperties:!1}},required:[],additionalProperties:!1},ToleratedFailureCount:{type:["integer","string"],minimum:0,pattern:"\
^[{]%"},ToleratedFailureCountPath:{},ToleratedFailurePercentage:{type:["number","string"],minimum:0,maximum:100,pattern:"^[{]%"},ToleratedFailurePercentagePath:{},
Label:{type:"string"}},required:[],additionalProperties:!1};function validate26(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,
errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){for(const key0 in data)if(!func5.call(schema27.properties,key0)){const err0={instancePath,schemaPath:"\
#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err0]:
vErrors.push(err0),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err1={instancePath:instancePath+"/Type",schemaPath:"#/properties/Type/type",
keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}if(data.Comment!==void 0&&typeof data.
Comment!="string"){const err2={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must b\
e string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2==="JSONPath"||data2===
"JSONata")){const err3={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema27.properties.
QueryLanguage.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}}if(data.Next!==void 0){let data3=data.
Next;if(typeof data3=="string"){if(data3.length<1){const err4={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/minLength",keyword:"minLength",params:{
limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}else{const err5={instancePath:instancePath+
"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}
if(data.End!==void 0&&typeof data.End!="boolean"){const err6={instancePath:instancePath+"/End",schemaPath:"#/properties/End/type",keyword:"type",params:{type:"b\
oolean"},message:"must be boolean"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}if(data.Assign!==void 0){let data5=data.Assign;if(!(data5&&typeof data5==
"object"&&!Array.isArray(data5))){const err7={instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"\
must be object"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}if(data.Retry!==void 0&&!Array.isArray(data.Retry)){const err8={instancePath:instancePath+
"/Retry",schemaPath:"#/properties/Retry/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}
if(data.Catch!==void 0&&!Array.isArray(data.Catch)){const err9={instancePath:instancePath+"/Catch",schemaPath:"#/properties/Catch/type",keyword:"type",params:{type:"\
array"},message:"must be array"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}if(data.ItemProcessor!==void 0){let data8=data.ItemProcessor;if(!(data8&&
typeof data8=="object"&&!Array.isArray(data8))){const err10={instancePath:instancePath+"/ItemProcessor",schemaPath:"#/properties/ItemProcessor/type",keyword:"ty\
pe",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}}if(data.Iterator!==void 0){let data9=data.Iterator;
if(!(data9&&typeof data9=="object"&&!Array.isArray(data9))){const err11={instancePath:instancePath+"/Iterator",schemaPath:"#/properties/Iterator/type",keyword:"\
type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err11]:vErrors.push(err11),errors++}}if(data.Items!==void 0){let data10=data.Items;
if((!data10||typeof data10!="object")&&typeof data10!="string"){const err12={instancePath:instancePath+"/Items",schemaPath:"#/properties/Items/type",keyword:"ty\
pe",params:{type:schema27.properties.Items.type},message:"must be array,object,string"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}if(typeof data10==
"string"&&!pattern0.test(data10)){const err13={instancePath:instancePath+"/Items",schemaPath:"#/properties/Items/pattern",keyword:"pattern",params:{pattern:"^\\{\
%"},message:'must match pattern "^\\{%"'};vErrors===null?vErrors=[err13]:vErrors.push(err13),errors++}}if(data.MaxConcurrency!==void 0){let data11=data.MaxConcurrency;
if(!(typeof data11=="number"&&!(data11%1)&&!isNaN(data11)&&isFinite(data11))&&typeof data11!="string"){const err14={instancePath:instancePath+"/MaxConcurrency",
schemaPath:"#/properties/MaxConcurrency/type",keyword:"type",params:{type:schema27.properties.MaxConcurrency.type},message:"must be integer,string"};vErrors===null?
vErrors=[err14]:vErrors.push(err14),errors++}if(typeof data11=="number"&&isFinite(data11)&&(data11<0||isNaN(data11))){const err15={instancePath:instancePath+"/M\
axConcurrency",schemaPath:"#/properties/MaxConcurrency/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};vErrors===null?vErrors=
[err15]:vErrors.push(err15),errors++}if(typeof data11=="string"&&!pattern2.test(data11)){const err16={instancePath:instancePath+"/MaxConcurrency",schemaPath:"#/\
properties/MaxConcurrency/pattern",keyword:"pattern",params:{pattern:"^[{]%"},message:'must match pattern "^[{]%"'};vErrors===null?vErrors=[err16]:vErrors.push(
err16),errors++}}if(data.ItemReader!==void 0){let data12=data.ItemReader;if(data12&&typeof data12=="object"&&!Array.isArray(data12)){if(data12.Resource===void 0){
const err17={instancePath:instancePath+"/ItemReader",schemaPath:"#/properties/ItemReader/required",keyword:"required",params:{missingProperty:"Resource"},message:"\
must have required property 'Resource'"};vErrors===null?vErrors=[err17]:vErrors.push(err17),errors++}for(const key1 in data12)if(!(key1==="Comment"||key1==="Res\
ource"||key1==="Parameters"||key1==="Arguments"||key1==="ReaderConfig")){const err18={instancePath:instancePath+"/ItemReader",schemaPath:"#/properties/ItemReade\
r/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key1},message:"must NOT have additional properties"};vErrors===null?vErrors=[err18]:
vErrors.push(err18),errors++}if(data12.Comment!==void 0&&typeof data12.Comment!="string"){const err19={instancePath:instancePath+"/ItemReader/Comment",schemaPath:"\
#/properties/ItemReader/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err19]:vErrors.push(err19),
errors++}if(data12.Resource!==void 0){let data14=data12.Resource;if(typeof data14=="string"){if(data14.length<1){const err20={instancePath:instancePath+"/ItemRe\
ader/Resource",schemaPath:"#/properties/ItemReader/properties/Resource/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 chara\
cters"};vErrors===null?vErrors=[err20]:vErrors.push(err20),errors++}}else{const err21={instancePath:instancePath+"/ItemReader/Resource",schemaPath:"#/properties\
/ItemReader/properties/Resource/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err21]:vErrors.push(err21),errors++}}
if(data12.Arguments!==void 0){let data15=data12.Arguments;if(!(data15&&typeof data15=="object"&&!Array.isArray(data15))&&typeof data15!="string"){const err22={instancePath:instancePath+
"/ItemReader/Arguments",schemaPath:"#/properties/ItemReader/properties/Arguments/type",keyword:"type",params:{type:schema27.properties.ItemReader.properties.Arguments.
type},message:"must be object,string"};vErrors===null?vErrors=[err22]:vErrors.push(err22),errors++}if(typeof data15=="string"&&!pattern0.test(data15)){const err23={
instancePath:instancePath+"/ItemReader/Arguments",schemaPath:"#/properties/ItemReader/properties/Arguments/pattern",keyword:"pattern",params:{pattern:"^\\{%"},message:'\
must match pattern "^\\{%"'};vErrors===null?vErrors=[err23]:vErrors.push(err23),errors++}}if(data12.ReaderConfig!==void 0){let data16=data12.ReaderConfig;if(data16&&
typeof data16=="object"&&!Array.isArray(data16)){for(const key2 in data16)if(!func5.call(schema27.properties.ItemReader.properties.ReaderConfig.properties,key2)){
const err24={instancePath:instancePath+"/ItemReader/ReaderConfig",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/additionalProperties",keyword:"add\
itionalProperties",params:{additionalProperty:key2},message:"must NOT have additional properties"};vErrors===null?vErrors=[err24]:vErrors.push(err24),errors++}if(data16.
InputType!==void 0){let data17=data16.InputType;if(!(data17==="CSV"||data17==="JSON"||data17==="JSONL"||data17==="PARQUET"||data17==="MANIFEST")){const err25={instancePath:instancePath+
"/ItemReader/ReaderConfig/InputType",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/InputType/enum",keyword:"enum",params:{allowedValues:schema27.
properties.ItemReader.properties.ReaderConfig.properties.InputType.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err25]:vErrors.
push(err25),errors++}}if(data16.Transformation!==void 0){let data18=data16.Transformation;if(!(data18==="NONE"||data18==="LOAD_AND_FLATTEN")){const err26={instancePath:instancePath+
"/ItemReader/ReaderConfig/Transformation",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/Transformation/enum",keyword:"enum",params:{allowedValues:schema27.
properties.ItemReader.properties.ReaderConfig.properties.Transformation.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err26]:
vErrors.push(err26),errors++}}if(data16.CSVDelimiter!==void 0){let data19=data16.CSVDelimiter;if(!(data19==="COMMA"||data19==="PIPE"||data19==="SEMICOLON"||data19===
"SPACE"||data19==="TAB")){const err27={instancePath:instancePath+"/ItemReader/ReaderConfig/CSVDelimiter",schemaPath:"#/properties/ItemReader/properties/ReaderCo\
nfig/properties/CSVDelimiter/enum",keyword:"enum",params:{allowedValues:schema27.properties.ItemReader.properties.ReaderConfig.properties.CSVDelimiter.enum},message:"\
must be equal to one of the allowed values"};vErrors===null?vErrors=[err27]:vErrors.push(err27),errors++}}if(data16.ManifestType!==void 0){let data20=data16.ManifestType;
if(!(data20==="ATHENA_DATA"||data20==="S3_INVENTORY")){const err28={instancePath:instancePath+"/ItemReader/ReaderConfig/ManifestType",schemaPath:"#/properties/I\
temReader/properties/ReaderConfig/properties/ManifestType/enum",keyword:"enum",params:{allowedValues:schema27.properties.ItemReader.properties.ReaderConfig.properties.
ManifestType.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err28]:vErrors.push(err28),errors++}}if(data16.CSVHeaderLocation!==
void 0){let data21=data16.CSVHeaderLocation;if(!(data21==="FIRST_ROW"||data21==="GIVEN")){const err29={instancePath:instancePath+"/ItemReader/ReaderConfig/CSVHe\
aderLocation",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/CSVHeaderLocation/enum",keyword:"enum",params:{allowedValues:schema27.properties.
ItemReader.properties.ReaderConfig.properties.CSVHeaderLocation.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err29]:vErrors.
push(err29),errors++}}if(data16.CSVHeaders!==void 0){let data22=data16.CSVHeaders;if(Array.isArray(data22)){const len0=data22.length;for(let i0=0;i0<len0;i0++)if(typeof data22[i0]!=
"string"){const err30={instancePath:instancePath+"/ItemReader/ReaderConfig/CSVHeaders/"+i0,schemaPath:"#/properties/ItemReader/properties/ReaderConfig/propertie\
s/CSVHeaders/items/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err30]:vErrors.push(err30),errors++}}else{const err31={
instancePath:instancePath+"/ItemReader/ReaderConfig/CSVHeaders",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/CSVHeaders/type",keyword:"\
type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err31]:vErrors.push(err31),errors++}}if(data16.ItemsPointer!==void 0&&typeof data16.
ItemsPointer!="string"){const err32={instancePath:instancePath+"/ItemReader/ReaderConfig/ItemsPointer",schemaPath:"#/properties/ItemReader/properties/ReaderConf\
ig/properties/ItemsPointer/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err32]:vErrors.push(err32),errors++}if(data16.
MaxItems!==void 0){let data25=data16.MaxItems;if(!(typeof data25=="number"&&!(data25%1)&&!isNaN(data25)&&isFinite(data25))&&typeof data25!="string"){const err33={
instancePath:instancePath+"/ItemReader/ReaderConfig/MaxItems",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/MaxItems/type",keyword:"typ\
e",params:{type:schema27.properties.ItemReader.properties.ReaderConfig.properties.MaxItems.type},message:"must be integer,string"};vErrors===null?vErrors=[err33]:
vErrors.push(err33),errors++}if(typeof data25=="number"&&isFinite(data25)&&(data25<0||isNaN(data25))){const err34={instancePath:instancePath+"/ItemReader/Reader\
Config/MaxItems",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/MaxItems/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"\
must be >= 0"};vErrors===null?vErrors=[err34]:vErrors.push(err34),errors++}if(typeof data25=="string"&&!pattern2.test(data25)){const err35={instancePath:instancePath+
"/ItemReader/ReaderConfig/MaxItems",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/properties/MaxItems/pattern",keyword:"pattern",params:{pattern:"\
^[{]%"},message:'must match pattern "^[{]%"'};vErrors===null?vErrors=[err35]:vErrors.push(err35),errors++}}}else{const err36={instancePath:instancePath+"/ItemRe\
ader/ReaderConfig",schemaPath:"#/properties/ItemReader/properties/ReaderConfig/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?
vErrors=[err36]:vErrors.push(err36),errors++}}}else{const err37={instancePath:instancePath+"/ItemReader",schemaPath:"#/properties/ItemReader/type",keyword:"type",
params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err37]:vErrors.push(err37),errors++}}if(data.ItemBatcher!==void 0){let data26=data.ItemBatcher;
if(data26&&typeof data26=="object"&&!Array.isArray(data26)){for(const key3 in data26)if(!(key3==="Comment"||key3==="BatchInput"||key3==="MaxItemsPerBatch"||key3===
"MaxInputBytesPerBatch"||key3==="MaxItemsPerBatchPath"||key3==="MaxInputBytesPerBatchPath")){const err38={instancePath:instancePath+"/ItemBatcher",schemaPath:"#\
/properties/ItemBatcher/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key3},message:"must NOT have additional properties"};vErrors===
null?vErrors=[err38]:vErrors.push(err38),errors++}if(data26.Comment!==void 0&&typeof data26.Comment!="string"){const err39={instancePath:instancePath+"/ItemBatc\
her/Comment",schemaPath:"#/properties/ItemBatcher/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=
[err39]:vErrors.push(err39),errors++}if(data26.MaxItemsPerBatch!==void 0){let data28=data26.MaxItemsPerBatch;if(!(typeof data28=="number"&&!(data28%1)&&!isNaN(data28)&&
isFinite(data28))&&typeof data28!="string"){const err40={instancePath:instancePath+"/ItemBatcher/MaxItemsPerBatch",schemaPath:"#/properties/ItemBatcher/properti\
es/MaxItemsPerBatch/type",keyword:"type",params:{type:schema27.properties.ItemBatcher.properties.MaxItemsPerBatch.type},message:"must be integer,string"};vErrors===
null?vErrors=[err40]:vErrors.push(err40),errors++}if(typeof data28=="number"&&isFinite(data28)&&(data28<1||isNaN(data28))){const err41={instancePath:instancePath+
"/ItemBatcher/MaxItemsPerBatch",schemaPath:"#/properties/ItemBatcher/properties/MaxItemsPerBatch/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"\
must be >= 1"};vErrors===null?vErrors=[err41]:vErrors.push(err41),errors++}if(typeof data28=="string"&&!pattern2.test(data28)){const err42={instancePath:instancePath+
"/ItemBatcher/MaxItemsPerBatch",schemaPath:"#/properties/ItemBatcher/properties/MaxItemsPerBatch/pattern",keyword:"pattern",params:{pattern:"^[{]%"},message:'mu\
st match pattern "^[{]%"'};vErrors===null?vErrors=[err42]:vErrors.push(err42),errors++}}if(data26.MaxInputBytesPerBatch!==void 0){let data29=data26.MaxInputBytesPerBatch;
if(!(typeof data29=="number"&&!(data29%1)&&!isNaN(data29)&&isFinite(data29))&&typeof data29!="string"){const err43={instancePath:instancePath+"/ItemBatcher/MaxI\
nputBytesPerBatch",schemaPath:"#/properties/ItemBatcher/properties/MaxInputBytesPerBatch/type",keyword:"type",params:{type:schema27.properties.ItemBatcher.properties.
MaxInputBytesPerBatch.type},message:"must be integer,string"};vErrors===null?vErrors=[err43]:vErrors.push(err43),errors++}if(typeof data29=="number"&&isFinite(data29)&&
(data29<1||isNaN(data29))){const err44={instancePath:instancePath+"/ItemBatcher/MaxInputBytesPerBatch",schemaPath:"#/properties/ItemBatcher/properties/MaxInputB\
ytesPerBatch/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=[err44]:vErrors.push(err44),errors++}if(typeof data29==
"string"&&!pattern2.test(data29)){const err45={instancePath:instancePath+"/ItemBatcher/MaxInputBytesPerBatch",schemaPath:"#/properties/ItemBatcher/properties/Ma\
xInputBytesPerBatch/pattern",keyword:"pattern",params:{pattern:"^[{]%"},message:'must match pattern "^[{]%"'};vErrors===null?vErrors=[err45]:vErrors.push(err45),
errors++}}}else{const err46={instancePath:instancePath+"/ItemBatcher",schemaPath:"#/properties/ItemBatcher/type",keyword:"type",params:{type:"object"},message:"\
must be object"};vErrors===null?vErrors=[err46]:vErrors.push(err46),errors++}}if(data.ResultWriter!==void 0){let data30=data.ResultWriter;if(data30&&typeof data30==
"object"&&!Array.isArray(data30)){for(const key4 in data30)if(!(key4==="Comment"||key4==="Resource"||key4==="Parameters"||key4==="Arguments"||key4==="WriterConf\
ig")){const err47={instancePath:instancePath+"/ResultWriter",schemaPath:"#/properties/ResultWriter/additionalProperties",keyword:"additionalProperties",params:{
additionalProperty:key4},message:"must NOT have additional properties"};vErrors===null?vErrors=[err47]:vErrors.push(err47),errors++}if(data30.Comment!==void 0&&
typeof data30.Comment!="string"){const err48={instancePath:instancePath+"/ResultWriter/Comment",schemaPath:"#/properties/ResultWriter/properties/Comment/type",keyword:"\
type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err48]:vErrors.push(err48),errors++}if(data30.Resource!==void 0){let data32=data30.
Resource;if(typeof data32=="string"){if(data32.length<1){const err49={instancePath:instancePath+"/ResultWriter/Resource",schemaPath:"#/properties/ResultWriter/p\
roperties/Resource/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err49]:vErrors.push(
err49),errors++}}else{const err50={instancePath:instancePath+"/ResultWriter/Resource",schemaPath:"#/properties/ResultWriter/properties/Resource/type",keyword:"t\
ype",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err50]:vErrors.push(err50),errors++}}if(data30.Arguments!==void 0){let data33=data30.
Arguments;if(!(data33&&typeof data33=="object"&&!Array.isArray(data33))&&typeof data33!="string"){const err51={instancePath:instancePath+"/ResultWriter/Argument\
s",schemaPath:"#/properties/ResultWriter/properties/Arguments/type",keyword:"type",params:{type:schema27.properties.ResultWriter.properties.Arguments.type},message:"\
must be object,string"};vErrors===null?vErrors=[err51]:vErrors.push(err51),errors++}if(typeof data33=="string"&&!pattern0.test(data33)){const err52={instancePath:instancePath+
"/ResultWriter/Arguments",schemaPath:"#/properties/ResultWriter/properties/Arguments/pattern",keyword:"pattern",params:{pattern:"^\\{%"},message:'must match pat\
tern "^\\{%"'};vErrors===null?vErrors=[err52]:vErrors.push(err52),errors++}}if(data30.WriterConfig!==void 0){let data34=data30.WriterConfig;if(data34&&typeof data34==
"object"&&!Array.isArray(data34)){if(data34.OutputType===void 0){const err53={instancePath:instancePath+"/ResultWriter/WriterConfig",schemaPath:"#/properties/Re\
sultWriter/properties/WriterConfig/required",keyword:"required",params:{missingProperty:"OutputType"},message:"must have required property 'OutputType'"};vErrors===
null?vErrors=[err53]:vErrors.push(err53),errors++}for(const key5 in data34)if(!(key5==="OutputType"||key5==="Transformation")){const err54={instancePath:instancePath+
"/ResultWriter/WriterConfig",schemaPath:"#/properties/ResultWriter/properties/WriterConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key5},
message:"must NOT have additional properties"};vErrors===null?vErrors=[err54]:vErrors.push(err54),errors++}if(data34.OutputType!==void 0){let data35=data34.OutputType;
if(!(data35==="JSON"||data35==="JSONL")){const err55={instancePath:instancePath+"/ResultWriter/WriterConfig/OutputType",schemaPath:"#/properties/ResultWriter/pr\
operties/WriterConfig/properties/OutputType/enum",keyword:"enum",params:{allowedValues:schema27.properties.ResultWriter.properties.WriterConfig.properties.OutputType.
enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err55]:vErrors.push(err55),errors++}}if(data34.Transformation!==void 0){let data36=data34.
Transformation;if(!(data36==="NONE"||data36==="COMPACT"||data36==="FLATTEN")){const err56={instancePath:instancePath+"/ResultWriter/WriterConfig/Transformation",
schemaPath:"#/properties/ResultWriter/properties/WriterConfig/properties/Transformation/enum",keyword:"enum",params:{allowedValues:schema27.properties.ResultWriter.
properties.WriterConfig.properties.Transformation.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err56]:vErrors.push(err56),
errors++}}}else{const err57={instancePath:instancePath+"/ResultWriter/WriterConfig",schemaPath:"#/properties/ResultWriter/properties/WriterConfig/type",keyword:"\
type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err57]:vErrors.push(err57),errors++}}}else{const err58={instancePath:instancePath+
"/ResultWriter",schemaPath:"#/properties/ResultWriter/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err58]:vErrors.
push(err58),errors++}}if(data.ToleratedFailureCount!==void 0){let data37=data.ToleratedFailureCount;if(!(typeof data37=="number"&&!(data37%1)&&!isNaN(data37)&&isFinite(
data37))&&typeof data37!="string"){const err59={instancePath:instancePath+"/ToleratedFailureCount",schemaPath:"#/properties/ToleratedFailureCount/type",keyword:"\
type",params:{type:schema27.properties.ToleratedFailureCount.type},message:"must be integer,string"};vErrors===null?vErrors=[err59]:vErrors.push(err59),errors++}
if(typeof data37=="number"&&isFinite(data37)&&(data37<0||isNaN(data37))){const err60={instancePath:instancePath+"/ToleratedFailureCount",schemaPath:"#/propertie\
s/ToleratedFailureCount/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};vErrors===null?vErrors=[err60]:vErrors.push(err60),errors++}
if(typeof data37=="string"&&!pattern2.test(data37)){const err61={instancePath:instancePath+"/ToleratedFailureCount",schemaPath:"#/properties/ToleratedFailureCou\
nt/pattern",keyword:"pattern",params:{pattern:"^[{]%"},message:'must match pattern "^[{]%"'};vErrors===null?vErrors=[err61]:vErrors.push(err61),errors++}}if(data.
ToleratedFailurePercentage!==void 0){let data38=data.ToleratedFailurePercentage;if(!(typeof data38=="number"&&isFinite(data38))&&typeof data38!="string"){const err62={
instancePath:instancePath+"/ToleratedFailurePercentage",schemaPath:"#/properties/ToleratedFailurePercentage/type",keyword:"type",params:{type:schema27.properties.
ToleratedFailurePercentage.type},message:"must be number,string"};vErrors===null?vErrors=[err62]:vErrors.push(err62),errors++}if(typeof data38=="number"&&isFinite(
data38)){if(data38>100||isNaN(data38)){const err63={instancePath:instancePath+"/ToleratedFailurePercentage",schemaPath:"#/properties/ToleratedFailurePercentage/\
maximum",keyword:"maximum",params:{comparison:"<=",limit:100},message:"must be <= 100"};vErrors===null?vErrors=[err63]:vErrors.push(err63),errors++}if(data38<0||
isNaN(data38)){const err64={instancePath:instancePath+"/ToleratedFailurePercentage",schemaPath:"#/properties/ToleratedFailurePercentage/minimum",keyword:"minimu\
m",params:{comparison:">=",limit:0},message:"must be >= 0"};vErrors===null?vErrors=[err64]:vErrors.push(err64),errors++}}if(typeof data38=="string"&&!pattern2.test(
data38)){const err65={instancePath:instancePath+"/ToleratedFailurePercentage",schemaPath:"#/properties/ToleratedFailurePercentage/pattern",keyword:"pattern",params:{
pattern:"^[{]%"},message:'must match pattern "^[{]%"'};vErrors===null?vErrors=[err65]:vErrors.push(err65),errors++}}if(data.Label!==void 0&&typeof data.Label!="\
string"){const err66={instancePath:instancePath+"/Label",schemaPath:"#/properties/Label/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===
null?vErrors=[err66]:vErrors.push(err66),errors++}}else{const err67={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be obj\
ect"};vErrors===null?vErrors=[err67]:vErrors.push(err67),errors++}return validate26.errors=vErrors,errors===0}const ChoiceJSONata=validate27,schema28={type:"obj\
ect",properties:{Type:{type:"string"},Comment:{type:"string"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{},OutputPath:{},Output:{},Choices:{type:"ar\
ray",minItems:1},Default:{type:"string",minLength:1},Assign:{type:"object"}},required:["Choices"],additionalProperties:!1};function validate27(data,{instancePath="",
parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.Choices===void 0){const err0={
instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"Choices"},message:"must have required property 'Choices'"};vErrors===null?vErrors=
[err0]:vErrors.push(err0),errors++}for(const key0 in data)if(!func5.call(schema28.properties,key0)){const err1={instancePath,schemaPath:"#/additionalProperties",
keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err1]:vErrors.push(err1),
errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err2={instancePath:instancePath+"/Type",schemaPath:"#/properties/Type/type",keyword:"type",params:{
type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err3={
instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=
[err3]:vErrors.push(err3),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2==="JSONPath"||data2==="JSONata")){const err4={instancePath:instancePath+
"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema28.properties.QueryLanguage.enum},message:"must be equa\
l to one of the allowed values"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}if(data.Choices!==void 0){let data3=data.Choices;if(Array.isArray(data3)){
if(data3.length<1){const err5={instancePath:instancePath+"/Choices",schemaPath:"#/properties/Choices/minItems",keyword:"minItems",params:{limit:1},message:"must\
 NOT have fewer than 1 items"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}else{const err6={instancePath:instancePath+"/Choices",schemaPath:"#/pr\
operties/Choices/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}if(data.Default!==
void 0){let data4=data.Default;if(typeof data4=="string"){if(data4.length<1){const err7={instancePath:instancePath+"/Default",schemaPath:"#/properties/Default/m\
inLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}else{
const err8={instancePath:instancePath+"/Default",schemaPath:"#/properties/Default/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===
null?vErrors=[err8]:vErrors.push(err8),errors++}}if(data.Assign!==void 0){let data5=data.Assign;if(!(data5&&typeof data5=="object"&&!Array.isArray(data5))){const err9={
instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=
[err9]:vErrors.push(err9),errors++}}}else{const err10={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===
null?vErrors=[err10]:vErrors.push(err10),errors++}return validate27.errors=vErrors,errors===0}const WaitJSONata=validate28,schema29={type:"object",properties:{Type:{
type:"string"},Comment:{type:"string"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{},OutputPath:{},Output:{},Next:{type:"string",minLength:1},End:{type:"\
boolean"},Assign:{type:"object"},Seconds:{type:["integer","string"],minimum:0,maximum:99999999,pattern:"^[{]%"},SecondsPath:{},Timestamp:{type:"string"},TimestampPath:{}},
required:[],additionalProperties:!1};function validate28(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&
typeof data=="object"&&!Array.isArray(data)){for(const key0 in data)if(!func5.call(schema29.properties,key0)){const err0={instancePath,schemaPath:"#/additionalP\
roperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err0]:vErrors.
push(err0),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err1={instancePath:instancePath+"/Type",schemaPath:"#/properties/Type/type",keyword:"\
type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}if(data.Comment!==void 0&&typeof data.Comment!=
"string"){const err2={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};
vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2==="JSONPath"||data2==="JSONata")){
const err3={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema29.properties.QueryLanguage.
enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}}if(data.Next!==void 0){let data3=data.Next;
if(typeof data3=="string"){if(data3.length<1){const err4={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/minLength",keyword:"minLength",params:{
limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}else{const err5={instancePath:instancePath+
"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}
if(data.End!==void 0&&typeof data.End!="boolean"){const err6={instancePath:instancePath+"/End",schemaPath:"#/properties/End/type",keyword:"type",params:{type:"b\
oolean"},message:"must be boolean"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}if(data.Assign!==void 0){let data5=data.Assign;if(!(data5&&typeof data5==
"object"&&!Array.isArray(data5))){const err7={instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"\
must be object"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}if(data.Seconds!==void 0){let data6=data.Seconds;if(!(typeof data6=="number"&&!(data6%
1)&&!isNaN(data6)&&isFinite(data6))&&typeof data6!="string"){const err8={instancePath:instancePath+"/Seconds",schemaPath:"#/properties/Seconds/type",keyword:"ty\
pe",params:{type:schema29.properties.Seconds.type},message:"must be integer,string"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}if(typeof data6==
"number"&&isFinite(data6)){if(data6>99999999||isNaN(data6)){const err9={instancePath:instancePath+"/Seconds",schemaPath:"#/properties/Seconds/maximum",keyword:"\
maximum",params:{comparison:"<=",limit:99999999},message:"must be <= 99999999"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}if(data6<0||isNaN(data6)){
const err10={instancePath:instancePath+"/Seconds",schemaPath:"#/properties/Seconds/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be \
>= 0"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}}if(typeof data6=="string"&&!pattern2.test(data6)){const err11={instancePath:instancePath+"/S\
econds",schemaPath:"#/properties/Seconds/pattern",keyword:"pattern",params:{pattern:"^[{]%"},message:'must match pattern "^[{]%"'};vErrors===null?vErrors=[err11]:
vErrors.push(err11),errors++}}if(data.Timestamp!==void 0&&typeof data.Timestamp!="string"){const err12={instancePath:instancePath+"/Timestamp",schemaPath:"#/pro\
perties/Timestamp/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err12]:vErrors.push(err12),errors++}}else{const err13={
instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err13]:vErrors.push(err13),errors++}return validate28.
errors=vErrors,errors===0}const PassJSONata=validate29,schema30={type:"object",properties:{Type:{type:"string"},Comment:{type:"string"},QueryLanguage:{enum:["JS\
ONPath","JSONata"]},InputPath:{},OutputPath:{},Output:{},Next:{type:"string",minLength:1},End:{type:"boolean"},Assign:{type:"object"},Result:{},ResultPath:{},Parameters:{}},
required:[],additionalProperties:!1};function validate29(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&
typeof data=="object"&&!Array.isArray(data)){for(const key0 in data)if(!func5.call(schema30.properties,key0)){const err0={instancePath,schemaPath:"#/additionalP\
roperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?vErrors=[err0]:vErrors.
push(err0),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err1={instancePath:instancePath+"/Type",schemaPath:"#/properties/Type/type",keyword:"\
type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}if(data.Comment!==void 0&&typeof data.Comment!=
"string"){const err2={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};
vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;if(!(data2==="JSONPath"||data2==="JSONata")){
const err3={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",params:{allowedValues:schema30.properties.QueryLanguage.
enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}}if(data.Next!==void 0){let data3=data.Next;
if(typeof data3=="string"){if(data3.length<1){const err4={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/minLength",keyword:"minLength",params:{
limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}}else{const err5={instancePath:instancePath+
"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}
if(data.End!==void 0&&typeof data.End!="boolean"){const err6={instancePath:instancePath+"/End",schemaPath:"#/properties/End/type",keyword:"type",params:{type:"b\
oolean"},message:"must be boolean"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}if(data.Assign!==void 0){let data5=data.Assign;if(!(data5&&typeof data5==
"object"&&!Array.isArray(data5))){const err7={instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"\
must be object"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}}else{const err8={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"obje\
ct"},message:"must be object"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}return validate29.errors=vErrors,errors===0}const SucceedJSONata=validate30,
schema31={type:"object",properties:{Type:{type:"string"},Comment:{type:"string"},QueryLanguage:{enum:["JSONPath","JSONata"]},InputPath:{},OutputPath:{},Output:{}},
required:[],additionalProperties:!1};function validate30(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&
typeof data=="object"&&!Array.isArray(data)){for(const key0 in data)if(!(key0==="Type"||key0==="Comment"||key0==="QueryLanguage"||key0==="InputPath"||key0==="Ou\
tputPath"||key0==="Output")){const err0={instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"\
must NOT have additional properties"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err1={instancePath:instancePath+
"/Type",schemaPath:"#/properties/Type/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}
if(data.Comment!==void 0&&typeof data.Comment!="string"){const err2={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",
params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;
if(!(data2==="JSONPath"||data2==="JSONata")){const err3={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",
params:{allowedValues:schema31.properties.QueryLanguage.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err3]:vErrors.push(err3),
errors++}}}else{const err4={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err4]:vErrors.
push(err4),errors++}return validate30.errors=vErrors,errors===0}const FailJSONata=validate31,schema32={type:"object",properties:{Type:{type:"string"},Comment:{type:"\
string"},QueryLanguage:{enum:["JSONPath","JSONata"]},Error:{type:"string"},Cause:{type:"string"},ErrorPath:{},CausePath:{}},required:[],additionalProperties:!1};
function validate31(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(
data)){for(const key0 in data)if(!(key0==="Type"||key0==="Comment"||key0==="QueryLanguage"||key0==="Error"||key0==="Cause"||key0==="ErrorPath"||key0==="CausePat\
h")){const err0={instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additio\
nal properties"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.Type!==void 0&&typeof data.Type!="string"){const err1={instancePath:instancePath+
"/Type",schemaPath:"#/properties/Type/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}
if(data.Comment!==void 0&&typeof data.Comment!="string"){const err2={instancePath:instancePath+"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",
params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.QueryLanguage!==void 0){let data2=data.QueryLanguage;
if(!(data2==="JSONPath"||data2==="JSONata")){const err3={instancePath:instancePath+"/QueryLanguage",schemaPath:"#/properties/QueryLanguage/enum",keyword:"enum",
params:{allowedValues:schema32.properties.QueryLanguage.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err3]:vErrors.push(err3),
errors++}}if(data.Error!==void 0&&typeof data.Error!="string"){const err4={instancePath:instancePath+"/Error",schemaPath:"#/properties/Error/type",keyword:"type",
params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err4]:vErrors.push(err4),errors++}if(data.Cause!==void 0&&typeof data.Cause!="string"){
const err5={instancePath:instancePath+"/Cause",schemaPath:"#/properties/Cause/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?
vErrors=[err5]:vErrors.push(err5),errors++}}else{const err6={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===
null?vErrors=[err6]:vErrors.push(err6),errors++}return validate31.errors=vErrors,errors===0}const retrierJSONata=validate32,schema33={type:"object",properties:{
Comment:{type:"string"},ErrorEquals:{type:"array",minItems:1,items:{type:"string"}},IntervalSeconds:{type:"integer",minimum:1,maximum:99999999},MaxAttempts:{type:"\
integer",minimum:0,maximum:99999999},BackoffRate:{type:"number",minimum:1},MaxDelaySeconds:{type:"integer",minimum:1,maximum:31622399},JitterStrategy:{enum:["FU\
LL","NONE"]}},required:["ErrorEquals"],additionalProperties:!1};function validate32(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,
errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.ErrorEquals===void 0){const err0={instancePath,schemaPath:"#/required",keyword:"required",
params:{missingProperty:"ErrorEquals"},message:"must have required property 'ErrorEquals'"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}for(const key0 in data)
if(!(key0==="Comment"||key0==="ErrorEquals"||key0==="IntervalSeconds"||key0==="MaxAttempts"||key0==="BackoffRate"||key0==="MaxDelaySeconds"||key0==="JitterStrat\
egy")){const err1={instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have addit\
ional properties"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err2={instancePath:instancePath+
"/Comment",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err2]:vErrors.push(err2),
errors++}if(data.ErrorEquals!==void 0){let data1=data.ErrorEquals;if(Array.isArray(data1)){if(data1.length<1){const err3={instancePath:instancePath+"/ErrorEqual\
s",schemaPath:"#/properties/ErrorEquals/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"};vErrors===null?vErrors=[err3]:
vErrors.push(err3),errors++}const len0=data1.length;for(let i0=0;i0<len0;i0++)if(typeof data1[i0]!="string"){const err4={instancePath:instancePath+"/ErrorEquals\
/"+i0,schemaPath:"#/properties/ErrorEquals/items/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err4]:vErrors.push(
err4),errors++}}else{const err5={instancePath:instancePath+"/ErrorEquals",schemaPath:"#/properties/ErrorEquals/type",keyword:"type",params:{type:"array"},message:"\
must be array"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}if(data.IntervalSeconds!==void 0){let data3=data.IntervalSeconds;if(!(typeof data3=="\
number"&&!(data3%1)&&!isNaN(data3)&&isFinite(data3))){const err6={instancePath:instancePath+"/IntervalSeconds",schemaPath:"#/properties/IntervalSeconds/type",keyword:"\
type",params:{type:"integer"},message:"must be integer"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}if(typeof data3=="number"&&isFinite(data3)){if(data3>
99999999||isNaN(data3)){const err7={instancePath:instancePath+"/IntervalSeconds",schemaPath:"#/properties/IntervalSeconds/maximum",keyword:"maximum",params:{comparison:"\
<=",limit:99999999},message:"must be <= 99999999"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}if(data3<1||isNaN(data3)){const err8={instancePath:instancePath+
"/IntervalSeconds",schemaPath:"#/properties/IntervalSeconds/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=
[err8]:vErrors.push(err8),errors++}}}if(data.MaxAttempts!==void 0){let data4=data.MaxAttempts;if(!(typeof data4=="number"&&!(data4%1)&&!isNaN(data4)&&isFinite(data4))){
const err9={instancePath:instancePath+"/MaxAttempts",schemaPath:"#/properties/MaxAttempts/type",keyword:"type",params:{type:"integer"},message:"must be integer"};
vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}if(typeof data4=="number"&&isFinite(data4)){if(data4>99999999||isNaN(data4)){const err10={instancePath:instancePath+
"/MaxAttempts",schemaPath:"#/properties/MaxAttempts/maximum",keyword:"maximum",params:{comparison:"<=",limit:99999999},message:"must be <= 99999999"};vErrors===
null?vErrors=[err10]:vErrors.push(err10),errors++}if(data4<0||isNaN(data4)){const err11={instancePath:instancePath+"/MaxAttempts",schemaPath:"#/properties/MaxAt\
tempts/minimum",keyword:"minimum",params:{comparison:">=",limit:0},message:"must be >= 0"};vErrors===null?vErrors=[err11]:vErrors.push(err11),errors++}}}if(data.
BackoffRate!==void 0){let data5=data.BackoffRate;if(typeof data5=="number"&&isFinite(data5)){if(data5<1||isNaN(data5)){const err12={instancePath:instancePath+"/\
BackoffRate",schemaPath:"#/properties/BackoffRate/minimum",keyword:"minimum",params:{comparison:">=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=[err12]:
vErrors.push(err12),errors++}}else{const err13={instancePath:instancePath+"/BackoffRate",schemaPath:"#/properties/BackoffRate/type",keyword:"type",params:{type:"\
number"},message:"must be number"};vErrors===null?vErrors=[err13]:vErrors.push(err13),errors++}}if(data.MaxDelaySeconds!==void 0){let data6=data.MaxDelaySeconds;
if(!(typeof data6=="number"&&!(data6%1)&&!isNaN(data6)&&isFinite(data6))){const err14={instancePath:instancePath+"/MaxDelaySeconds",schemaPath:"#/properties/Max\
DelaySeconds/type",keyword:"type",params:{type:"integer"},message:"must be integer"};vErrors===null?vErrors=[err14]:vErrors.push(err14),errors++}if(typeof data6==
"number"&&isFinite(data6)){if(data6>31622399||isNaN(data6)){const err15={instancePath:instancePath+"/MaxDelaySeconds",schemaPath:"#/properties/MaxDelaySeconds/m\
aximum",keyword:"maximum",params:{comparison:"<=",limit:31622399},message:"must be <= 31622399"};vErrors===null?vErrors=[err15]:vErrors.push(err15),errors++}if(data6<
1||isNaN(data6)){const err16={instancePath:instancePath+"/MaxDelaySeconds",schemaPath:"#/properties/MaxDelaySeconds/minimum",keyword:"minimum",params:{comparison:"\
>=",limit:1},message:"must be >= 1"};vErrors===null?vErrors=[err16]:vErrors.push(err16),errors++}}}if(data.JitterStrategy!==void 0){let data7=data.JitterStrategy;
if(!(data7==="FULL"||data7==="NONE")){const err17={instancePath:instancePath+"/JitterStrategy",schemaPath:"#/properties/JitterStrategy/enum",keyword:"enum",params:{
allowedValues:schema33.properties.JitterStrategy.enum},message:"must be equal to one of the allowed values"};vErrors===null?vErrors=[err17]:vErrors.push(err17),
errors++}}}else{const err18={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err18]:vErrors.
push(err18),errors++}return validate32.errors=vErrors,errors===0}const catcherJSONata=validate33,schema34={type:"object",properties:{Comment:{type:"string"},ErrorEquals:{
type:"array",minItems:1,items:{type:"string"}},Next:{type:"string",minLength:1},ResultPath:{},Output:{},Assign:{type:"object"}},required:["ErrorEquals","Next"],
additionalProperties:!1};function validate33(data,{instancePath="",parentData,parentDataProperty,rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data==
"object"&&!Array.isArray(data)){if(data.ErrorEquals===void 0){const err0={instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"Error\
Equals"},message:"must have required property 'ErrorEquals'"};vErrors===null?vErrors=[err0]:vErrors.push(err0),errors++}if(data.Next===void 0){const err1={instancePath,
schemaPath:"#/required",keyword:"required",params:{missingProperty:"Next"},message:"must have required property 'Next'"};vErrors===null?vErrors=[err1]:vErrors.push(
err1),errors++}for(const key0 in data)if(!(key0==="Comment"||key0==="ErrorEquals"||key0==="Next"||key0==="ResultPath"||key0==="Output"||key0==="Assign")){const err2={
instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};
vErrors===null?vErrors=[err2]:vErrors.push(err2),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err3={instancePath:instancePath+"/Comme\
nt",schemaPath:"#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}
if(data.ErrorEquals!==void 0){let data1=data.ErrorEquals;if(Array.isArray(data1)){if(data1.length<1){const err4={instancePath:instancePath+"/ErrorEquals",schemaPath:"\
#/properties/ErrorEquals/minItems",keyword:"minItems",params:{limit:1},message:"must NOT have fewer than 1 items"};vErrors===null?vErrors=[err4]:vErrors.push(err4),
errors++}const len0=data1.length;for(let i0=0;i0<len0;i0++)if(typeof data1[i0]!="string"){const err5={instancePath:instancePath+"/ErrorEquals/"+i0,schemaPath:"#\
/properties/ErrorEquals/items/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}else{
const err6={instancePath:instancePath+"/ErrorEquals",schemaPath:"#/properties/ErrorEquals/type",keyword:"type",params:{type:"array"},message:"must be array"};vErrors===
null?vErrors=[err6]:vErrors.push(err6),errors++}}if(data.Next!==void 0){let data3=data.Next;if(typeof data3=="string"){if(data3.length<1){const err7={instancePath:instancePath+
"/Next",schemaPath:"#/properties/Next/minLength",keyword:"minLength",params:{limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err7]:
vErrors.push(err7),errors++}}else{const err8={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"\
must be string"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}}if(data.Assign!==void 0){let data4=data.Assign;if(!(data4&&typeof data4=="object"&&!Array.
isArray(data4))){const err9={instancePath:instancePath+"/Assign",schemaPath:"#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"must be ob\
ject"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}}}else{const err10={instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"\
must be object"};vErrors===null?vErrors=[err10]:vErrors.push(err10),errors++}return validate33.errors=vErrors,errors===0}const ruleJSONata=validate34,schema35={
type:"object",properties:{Comment:{type:"string"},Condition:{type:["string","boolean"],pattern:"^\\{%"},Next:{type:"string",minLength:1},Output:{},Assign:{type:"\
object"},Variable:{},And:{},Or:{},Not:{}},required:["Condition","Next"],additionalProperties:!1};function validate34(data,{instancePath="",parentData,parentDataProperty,
rootData=data}={}){let vErrors=null,errors=0;if(data&&typeof data=="object"&&!Array.isArray(data)){if(data.Condition===void 0){const err0={instancePath,schemaPath:"\
#/required",keyword:"required",params:{missingProperty:"Condition"},message:"must have required property 'Condition'"};vErrors===null?vErrors=[err0]:vErrors.push(
err0),errors++}if(data.Next===void 0){const err1={instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty:"Next"},message:"must have req\
uired property 'Next'"};vErrors===null?vErrors=[err1]:vErrors.push(err1),errors++}for(const key0 in data)if(!func5.call(schema35.properties,key0)){const err2={instancePath,
schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:key0},message:"must NOT have additional properties"};vErrors===null?
vErrors=[err2]:vErrors.push(err2),errors++}if(data.Comment!==void 0&&typeof data.Comment!="string"){const err3={instancePath:instancePath+"/Comment",schemaPath:"\
#/properties/Comment/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err3]:vErrors.push(err3),errors++}if(data.Condition!==
void 0){let data1=data.Condition;if(typeof data1!="string"&&typeof data1!="boolean"){const err4={instancePath:instancePath+"/Condition",schemaPath:"#/properties\
/Condition/type",keyword:"type",params:{type:schema35.properties.Condition.type},message:"must be string,boolean"};vErrors===null?vErrors=[err4]:vErrors.push(err4),
errors++}if(typeof data1=="string"&&!pattern0.test(data1)){const err5={instancePath:instancePath+"/Condition",schemaPath:"#/properties/Condition/pattern",keyword:"\
pattern",params:{pattern:"^\\{%"},message:'must match pattern "^\\{%"'};vErrors===null?vErrors=[err5]:vErrors.push(err5),errors++}}if(data.Next!==void 0){let data2=data.
Next;if(typeof data2=="string"){if(data2.length<1){const err6={instancePath:instancePath+"/Next",schemaPath:"#/properties/Next/minLength",keyword:"minLength",params:{
limit:1},message:"must NOT have fewer than 1 characters"};vErrors===null?vErrors=[err6]:vErrors.push(err6),errors++}}else{const err7={instancePath:instancePath+
"/Next",schemaPath:"#/properties/Next/type",keyword:"type",params:{type:"string"},message:"must be string"};vErrors===null?vErrors=[err7]:vErrors.push(err7),errors++}}
if(data.Assign!==void 0){let data3=data.Assign;if(!(data3&&typeof data3=="object"&&!Array.isArray(data3))){const err8={instancePath:instancePath+"/Assign",schemaPath:"\
#/properties/Assign/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err8]:vErrors.push(err8),errors++}}}else{const err9={
instancePath,schemaPath:"#/type",keyword:"type",params:{type:"object"},message:"must be object"};vErrors===null?vErrors=[err9]:vErrors.push(err9),errors++}return validate34.
errors=vErrors,errors===0}export{ChoiceJSONPath,ChoiceJSONata,FailJSONPath,FailJSONata,MapJSONPath,MapJSONata,ParallelJSONPath,ParallelJSONata,PassJSONPath,PassJSONata,SucceedJSONPath,SucceedJSONata,
TaskJSONPath,TaskJSONata,WaitJSONPath,WaitJSONata,branch,catcherJSONPath,catcherJSONata,machine,processor,retrierJSONPath,retrierJSONata,ruleJSONPath,ruleJSONata};

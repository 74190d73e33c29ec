"""Runs ministack with the resource types of CloudFormation that it lacks: what is made, changed and removed of them is told to
KDK_RESOURCES_URL as JSON, and the answer is the resource. Which types those are stands in KDK_RESOURCE_TYPES.

The table of handlers is private to ministack, so its version is pinned in scripts/system-setup.sh. It listens on BIND_HOST:GATEWAY_PORT.
"""

import json
import os
import sys
import urllib.error
import urllib.request

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch, secretsmanager
from ministack.services.cloudformation import provisioners

URL = os.environ["KDK_RESOURCES_URL"]
TYPES = os.environ["KDK_RESOURCE_TYPES"].split(",")
# The requests stay on this machine, whatever proxies its environment names.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(**question):
    question.update(account=get_account_id(), region=get_region())
    request = urllib.request.Request(URL, json.dumps(question).encode(), {"content-type": "application/json"})
    try:
        with OPENER.open(request, timeout=300) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as refusal:
        raise ValueError(refusal.read().decode()) from None
    return answer["physicalId"], answer["attributes"]


def handlers(type_name):
    def create(logical_id, properties, stack_name):
        return ask(action="create", type=type_name, logicalId=logical_id, properties=properties, stack=stack_name)

    def update(physical_id, old_properties, properties, stack_name):
        return ask(
            action="update",
            type=type_name,
            physicalId=physical_id,
            oldProperties=old_properties,
            properties=properties,
            stack=stack_name,
        )

    def delete(physical_id, properties):
        ask(action="delete", type=type_name, physicalId=physical_id, properties=properties)

    return {"create": create, "update": update, "delete": delete}


def alarms(type_name, put):
    """Alarms are in ministack's CloudWatch as well, which reads the rules of pages and tells topics. Its own type knows one metric alone."""
    told = handlers(type_name)

    def done(answer):
        status, _headers, body = answer
        if status >= 400:
            raise ValueError(body.decode())

    def put_alarm(properties):
        # Only CloudFormation itself may set tags of AWS.
        tags = [tag for tag in properties.get("Tags", []) if not tag["Key"].startswith("aws:")]
        done(put({}, {**properties, "Tags": tags}, False, True))

    def create(logical_id, properties, stack_name):
        put_alarm(properties)
        return told["create"](logical_id, properties, stack_name)

    def update(physical_id, old_properties, properties, stack_name):
        put_alarm(properties)
        return told["update"](physical_id, old_properties, properties, stack_name)

    def delete(physical_id, properties):
        done(cloudwatch._delete_alarms({}, {"AlarmNames": [physical_id]}, False, True))
        told["delete"](physical_id, properties)

    return {"create": create, "update": update, "delete": delete}


ALARMS = {
    "AWS::CloudWatch::Alarm": cloudwatch._put_metric_alarm,
    "AWS::CloudWatch::CompositeAlarm": cloudwatch._put_composite_alarm,
}
for name in TYPES:
    provisioners._RESOURCE_HANDLERS[name] = alarms(name, ALARMS[name]) if name in ALARMS else handlers(name)


def make_secret(logical_id, properties, stack_name):
    """A secret that is made without a value has none; ministack would give it an empty one."""
    name, attributes = secrets["create"](logical_id, properties, stack_name)
    if not {"SecretString", "GenerateSecretString"} & properties.keys():
        secretsmanager._secrets[name]["Versions"] = {}
    return name, attributes


secrets = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"] = {**secrets, "create": make_secret}

if __name__ == "__main__":
    sys.argv = ["ministack"]
    from ministack.app import main

    main()

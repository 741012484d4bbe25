"""Runs statements on Spark: one JSON object a line in, one a line out. Started by start-spark.ts."""

import json
import os
import sys

from pyspark.sql import SparkSession

spark = (
    SparkSession.builder.master(os.environ.get("EVERTEND_SPARK_MASTER", "local-cluster[2,1,1024]"))
    .config("spark.ui.enabled", "false")
    .config("spark.sql.caseSensitive", "true")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.sql.shuffle.partitions", "1")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")


def answer(question):
    for name, text in question["views"]:
        spark.sql(text).createOrReplaceTempView(name)
    if question["text"] is None:
        return {"version": spark.version}
    rows = spark.sql(question["text"], args=question["args"] or None).collect()
    return {"rows": [row.asDict(recursive=True) for row in rows]}


for line in sys.stdin:
    try:
        result = answer(json.loads(line))
    except Exception as error:  # what Spark says is the answer of the test
        result = {"error": str(error)[:2000]}
    print("answer " + json.dumps(result, default=str), flush=True)

import os

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/api/status")
def status():
    return jsonify(status="ok", service="backend", pid=os.getpid())


@app.get("/api/greeting")
def greeting():
    return jsonify(message="Hello from Flask")


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)), debug=True)

import click
from flask import jsonify, request
from app import app, db


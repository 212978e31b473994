from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from .models import Book

def calculate_book_statistics():
    return {'books': Book.objects.count()}


// region first-response
console.log('Hello, changed');
// endregion
// endregion

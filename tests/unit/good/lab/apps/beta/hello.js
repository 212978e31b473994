// region first-response
console.log('Hello');
// endregion

// region first-response
import express from 'express';

const app = express();

app.get('/', (req, res) => {
  res.send('Hello World!');
});

app.listen(process.env.PORT, process.env.HOST, () => {
  console.log(`Example app listening on port ${process.env.PORT}`);
});
// endregion
